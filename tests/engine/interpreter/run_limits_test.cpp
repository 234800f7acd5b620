// Each limit of a run, one below, at and one above.

#include <fmt/format.h>

#include <memory>
#include <string>

#include "engine/interpreter/run.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

/// Answers every task with its input, and knows one other state machine.
class Echo : public World {
 public:
  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override {
    TaskAnswer answer;
    answer.outcome = call.input;
    return answer;
  }
  const StateMachine* state_machine(std::string_view) override { return other; }
  const StateMachine* other = nullptr;
};

std::unique_ptr<StateMachine> machine_of(const std::string& text, MachineType type = MachineType::Standard) {
  const Document document = read_json(text);
  LoadedMachine loaded = load_state_machine(document, type);
  REQUIRE_FALSE(has_errors(loaded.diagnostics));
  return std::move(loaded.machine);
}

Result<Execution, RunStopped> run_text(const std::string& text, RunOptions options = {},
                                       MachineType type = MachineType::Standard) {
  // Histories point into the machine: it lives as long as the program.
  static std::vector<std::unique_ptr<StateMachine>> machines;
  machines.push_back(machine_of(text, type));
  Echo world;
  return run(*machines.back(), world, options);
}

std::string error_of(const Execution& execution) {
  return execution.failure.error.value_or("");
}

constexpr const char* kEndlessLoop =
    R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Choices": [
        {"Variable": "$.stop", "IsPresent": true, "Next": "E"}], "Default": "A"}, "E": {"Type": "Succeed"}}})";

}  // namespace

TEST_CASE("a state may hand on 262,144 bytes and no more", "[interpreter]") {
  const auto beyond = GENERATE(-1, 0, 1);
  DYNAMIC_SECTION(beyond << " bytes from the limit") {
    // The text and its two quotes.
    const std::string text(static_cast<std::size_t>(static_cast<std::int64_t>(kMaxPayloadBytes) - 2 + beyond), 'x');
    const auto execution =
        run_text(R"({"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": ")" + text + "\", \"End\": true}}}");
    REQUIRE(execution);
    CHECK((execution->status == ExecutionStatus::Succeeded) == (beyond <= 0));
    if (beyond > 0) CHECK(error_of(*execution) == "States.DataLimitExceeded");
  }
}

TEST_CASE("the last event that fits says that there are too many", "[interpreter]") {
  const auto execution = run_text(kEndlessLoop);
  REQUIRE(execution);
  CHECK(error_of(*execution) == "States.Runtime");
  CHECK(execution->failure.cause == "The execution reached the maximum number of history events (25000).");
  REQUIRE(execution->history.size() == kMaxHistoryEvents);
  const Event& last = execution->history[kMaxHistoryEvents];
  CHECK(last.type == EventType::ExecutionFailed);
  CHECK(last.previous == kMaxHistoryEvents - 1);
}

TEST_CASE("a run of as many events as fit succeeds", "[interpreter]") {
  // Two states: started, entered, exited, entered, exited, succeeded.
  const std::string text =
      R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}})";
  const auto limit = GENERATE(5u, 6u, 7u);
  DYNAMIC_SECTION(limit << " events") {
    RunOptions options;
    options.max_events = limit;
    const auto execution = run_text(text, options);
    REQUIRE(execution);
    CHECK((execution->status == ExecutionStatus::Succeeded) == (limit >= 6));
    CHECK(execution->history.size() == std::min(limit, 6u));
  }
}

TEST_CASE("an Express loop, which no number of events ends, ends at the limit of transitions", "[interpreter]") {
  const auto execution = run_text(kEndlessLoop, {}, MachineType::Express);
  REQUIRE_FALSE(execution);
  CHECK(execution.error().reason == RunStopped::Reason::TransitionLimit);
  CHECK(execution.error().message.find(std::to_string(kMaxTransitions)) != std::string::npos);
}

TEST_CASE("a run may take as many transitions as its caller says", "[interpreter]") {
  const std::string text =
      R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}})";
  const auto limit = GENERATE(1u, 2u, 3u);
  DYNAMIC_SECTION(limit << " transitions") {
    RunOptions options;
    options.max_transitions = limit;
    CHECK(run_text(text, options).has_value() == (limit >= 2));
  }
}

TEST_CASE("a Wait may be as long as 32 bits of seconds", "[interpreter]") {
  const auto [seconds, works] =
      GENERATE(std::pair(2'147'483'646ll, true), std::pair(2'147'483'647ll, true), std::pair(2'147'483'648ll, false));
  DYNAMIC_SECTION(seconds << " seconds") {
    RunOptions options;
    ObjectBuilder input;
    input.set("s", Value(static_cast<std::int64_t>(seconds)));
    options.input = std::move(input).build();
    const auto execution =
        run_text(R"({"StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$.s", "End": true}}})", options);
    REQUIRE(execution);
    // Such a wait outlives a Standard execution, which has a year.
    CHECK(execution->status == (works ? ExecutionStatus::TimedOut : ExecutionStatus::Failed));
  }
}

TEST_CASE("an execution may take exactly its TimeoutSeconds", "[interpreter]") {
  const auto seconds = GENERATE(4, 5, 6);
  DYNAMIC_SECTION(seconds << " seconds of 5") {
    const auto execution = run_text(fmt::format(
        R"({{"TimeoutSeconds": 5, "StartAt": "W", "States": {{"W": {{"Type": "Wait", "Seconds": {}, "End": true}}}}}})",
        seconds));
    REQUIRE(execution);
    CHECK(execution->status == (seconds <= 5 ? ExecutionStatus::Succeeded : ExecutionStatus::TimedOut));
    CHECK(execution->duration == std::chrono::seconds(std::min(seconds, 5)));
  }
}

TEST_CASE("an Express execution has five minutes", "[interpreter]") {
  const auto seconds = GENERATE(299, 300, 301);
  DYNAMIC_SECTION(seconds << " seconds") {
    const auto execution =
        run_text(fmt::format(R"({{"StartAt": "W", "States": {{"W": {{"Type": "Wait", "Seconds": {}, "End": true}}}}}})",
                             seconds),
                 {}, MachineType::Express);
    REQUIRE(execution);
    CHECK(execution->status == (seconds <= 300 ? ExecutionStatus::Succeeded : ExecutionStatus::TimedOut));
  }
}

TEST_CASE("executions that start themselves end at their limit", "[interpreter]") {
  const auto machine = machine_of(
      R"({"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
          "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:Self"}, "End": true}}})");
  Echo world;
  world.other = machine.get();
  const auto execution = run(*machine, world, {});
  REQUIRE_FALSE(execution);
  CHECK(execution.error().reason == RunStopped::Reason::ExecutionLimit);
}

TEST_CASE("a loop that wraps its payload deeper and deeper ends at the depth of values", "[interpreter]") {
  RunOptions options;
  options.max_events = 0;
  const auto execution = run_text(
      R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "B"},
          "B": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "E"}], "Default": "A"},
          "E": {"Type": "Succeed"}}})",
      options);
  REQUIRE(execution);
  CHECK(error_of(*execution) == "States.DataLimitExceeded");
  // Not "with a size exceeding".
  CHECK(execution->failure.cause == "The state/task 'A' returned a result that is nested more than 1000 deep.");
}

TEST_CASE("a loop that doubles its payload ends at the payload limit", "[interpreter]") {
  const auto execution = run_text(
      R"x({"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "States.Array($, $)"}, "Next": "B"},
          "B": {"Type": "Choice", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "E"}], "Default": "A"},
          "E": {"Type": "Succeed"}}})x");
  REQUIRE(execution);
  CHECK(error_of(*execution) == "States.DataLimitExceeded");
}

TEST_CASE("an inline Map runs at most forty iterations at a time", "[interpreter]") {
  RunOptions options;
  ArrayBuilder items;
  for (int i = 0; i < 41; ++i) items.add(Value(i));
  options.input = std::move(items).build();
  const auto execution = run_text(
      R"({"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "W", "States": {
          "W": {"Type": "Wait", "Seconds": 10, "End": true}}}}}})",
      options);
  REQUIRE(execution);
  CHECK(execution->duration == std::chrono::seconds(20));
}

TEST_CASE("the same seed gives the same jitter, another seed another", "[interpreter]") {
  const std::string text =
      R"({"StartAt": "M", "States": {"M": {"Type": "Parallel", "Branches": [{"StartAt": "F", "States": {
          "F": {"Type": "Fail", "Error": "E"}}}], "End": true,
          "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 1000, "MaxAttempts": 5, "JitterStrategy": "FULL"}]}}})";
  const auto duration = [&](std::uint64_t seed) {
    RunOptions options;
    options.seed = seed;
    const auto execution = run_text(text, options);
    REQUIRE(execution);
    return execution->duration;
  };
  CHECK(duration(1) == duration(1));
  CHECK(duration(1) != duration(2));
}

/// A loop around state A that never ends: nothing makes a "stop".
std::string loop_around(const std::string& a) {
  return R"({"StartAt": "A", "States": {"A": )" + a + R"(, "E": {"Type": "Succeed"}, "B": {"Type": "Choice",
      "Default": "A", "Choices": [{"Variable": "$.stop", "IsPresent": true, "Next": "E"}]}}})";
}

TEST_CASE("all that a run evaluates draws on one budget of steps", "[interpreter]") {
  std::string many_members, many_rules;
  for (int i = 0; i < 1000; ++i) {
    many_members += (i ? ", " : "") + ("\"k" + std::to_string(i)) + R"(.$": "$.list[0].a")";
    many_rules += (i ? ", " : "") + std::string(R"({"Variable": "$.text", "StringMatches": "*y", "Next": "A"})");
  }
  const std::string loops[] = {
      loop_around(R"~({"Type": "Pass", "Next": "B", "Parameters": {"list.$": "$.list", "text.$": "$.text",
                       "found.$": "$..a"}})~"),
      loop_around(R"~({"Type": "Pass", "Next": "B", "ResultPath": "$.x", "Parameters": {)~" + many_members + "}}"),
      loop_around(R"~({"Type": "Pass", "Next": "B", "ResultPath": "$.x",
                       "InputPath": "$.list[?(@.a =~ /(a*)*b/)]"})~"),
      loop_around(R"~({"Type": "Pass", "Next": "B", "ResultPath": "$.x",
                       "Parameters": {"x.$": "States.Hash($.text, 'MD5')"}})~"),
      loop_around(R"~({"Type": "Choice", "Default": "B", "Choices": [)~" + many_rules + "]}"),
      loop_around(R"~({"Type": "Pass", "QueryLanguage": "JSONata", "Next": "B",
                       "Output": "{% $merge([$states.input, {'x': $sum([1..1000])}]) %}"})~"),
  };
  RunOptions options;
  options.max_steps = 1'000'000;
  options.max_events = 0;
  options.keep_history = false;
  std::string list;
  for (int i = 0; i < 100; ++i) list += (i ? ", " : "") + std::string(R"({"a": "aaaaaaaaaaaaaaaaaaaaaaaa"})");
  options.input = *read_value(R"({"text": ")" + std::string(10'000, 'x') + R"(", "list": [)" + list + "]}");
  for (const std::string& loop : loops) {
    INFO(loop.substr(0, 200));
    const auto stopped = run_text(loop, options);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().reason == RunStopped::Reason::StepLimit);
    CHECK(stopped.error().state == "A");
    CHECK(stopped.error().message.find("1000000 steps") != std::string::npos);
  }
}

TEST_CASE("the steps of a run are counted to the last", "[interpreter]") {
  const std::string loop =
      R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A2",
          "Output": "{% $sum([1..1000]) %}"}, "A2": {"Type": "Choice", "Default": "A", "Choices": [
          {"Condition": "{% false %}", "Next": "E"}]}, "E": {"Type": "Succeed"}}})";
  RunOptions options;
  options.max_steps = 100'000;
  const auto stopped = run_text(loop, options);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().reason == RunStopped::Reason::StepLimit);
  CHECK(stopped.error().state == "A");
  CHECK(stopped.error().message.find("100000 steps") != std::string::npos);

  // What one state takes, exactly: with a step less it is too much.
  const std::string once =
      R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,
          "Output": "{% 1 + 2 %}"}}})";
  const auto ends = [&](std::uint64_t steps) {
    options.max_steps = steps;
    return static_cast<bool>(run_text(once, options));
  };
  std::uint64_t least = 0;
  while (!ends(least)) ++least;
  CHECK(least > 1);
  CHECK_FALSE(ends(least - 1));
  CHECK(ends(least + 1));
}

}  // namespace stepglass
