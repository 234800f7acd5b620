// Runs whose faults were found by reading and by running: each case is named for what went wrong.

#include "engine/interpreter/run.h"

#include <memory>
#include <string>

#include "engine/value/print.h"
#include "tests/engine/interpreter/stored_objects.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Ran {
  std::unique_ptr<StateMachine> machine;  // the history points into it
  Result<Execution, RunStopped> outcome;
  const Execution& operator*() const { return *outcome; }
};

std::unique_ptr<StateMachine> machine_of(const std::string& text) {
  const Document document = read_json(text);
  LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(diagnostic.message);
  REQUIRE_FALSE(has_errors(loaded.diagnostics));
  return std::move(loaded.machine);
}

Ran run_text(const std::string& text, const std::string& input = "{}", World* world = nullptr) {
  StoredObjects nothing;
  RunOptions options;
  auto value = read_value(input);
  REQUIRE(value);
  options.input = *value;
  auto machine = machine_of(text);
  auto outcome = run(*machine, world ? *world : nothing, options);
  return {std::move(machine), std::move(outcome)};
}

std::string output_of(const Ran& ran) {
  REQUIRE(ran.outcome);
  return (*ran).status == ExecutionStatus::Succeeded ? to_json((*ran).output) : (*ran).failure.error.value_or("");
}

}  // namespace

TEST_CASE("an ItemSelector that fails behind the first iteration is caught", "[interpreter]") {
  // The second item makes a text that is too large.
  const auto ran = run_text(R"x({"StartAt": "M", "States": {
      "M": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 1, "End": true,
        "ItemSelector": {"a.$": "States.ArrayRange(1, $$.Map.Item.Value, 1)"},
        "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}},
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]},
      "C": {"Type": "Pass", "Result": "caught", "End": true}}})x",
                            R"({"items": [1, 5000]})");
  // The service ends the execution with States.Runtime here; what counts is that the run ends.
  CHECK((output_of(ran) == "\"caught\"" || output_of(ran) == "States.Runtime"));
}

TEST_CASE("a value found in a large object stays while another path walks over it", "[interpreter]") {
  std::string members;
  for (int i = 0; i < 100; ++i)
    members += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":\"v" + std::to_string(i) + '"';
  const auto ran = run_text(R"({"StartAt": "P", "States": {
      "P": {"Type": "Pass", "Result": "v6", "ResultPath": "$.k5", "Next": "C"},
      "C": {"Type": "Choice", "Choices": [{"Variable": "$.k5", "StringEqualsPath": "$.k6", "Next": "Y"}], "Default": "N"},
      "Y": {"Type": "Pass", "Result": "yes", "End": true}, "N": {"Type": "Pass", "Result": "no", "End": true}}})",
                            "{" + members + "}");
  CHECK(output_of(ran) == "\"yes\"");
}

TEST_CASE("a timeout from a path has the range of one that is written", "[interpreter]") {
  const auto [seconds, works] = GENERATE(table<std::string, bool>({{"0", false},
                                                                   {"1", true},
                                                                   {"99999999", true},
                                                                   {"100000000", false},
                                                                   {"-5", false},
                                                                   {"9223372036854775807", false}}));
  DYNAMIC_SECTION(seconds) {
    StoredObjects world;
    world.task = [](const TaskCall&) {
      TaskAnswer answer;
      answer.outcome = Value("done");
      return answer;
    };
    const auto ran = run_text(R"({"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
        "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "TimeoutSecondsPath": "$.t"}}})",
                              "{\"t\":" + seconds + "}", &world);
    CHECK(output_of(ran) == (works ? "\"done\"" : "States.Runtime"));
  }
}

TEST_CASE("a Map inside an iteration leaves the iteration its item", "[interpreter]") {
  const auto ran = run_text(R"({"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
      "StartAt": "Inner", "States": {
        "Inner": {"Type": "Map", "ItemsPath": "$.list", "ResultPath": null, "Next": "After", "ItemProcessor": {
          "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}},
        "After": {"Type": "Pass", "Parameters": {"index.$": "$$.Map.Item.Index"}, "End": true}}}}}})",
                            R"([{"list": [1]}, {"list": [2, 3]}])");
  CHECK(output_of(ran) == R"([{"index":0},{"index":1}])");
}

TEST_CASE("a task's token is gone behind the task", "[interpreter]") {
  StoredObjects world;
  world.task = [](const TaskCall&) {
    TaskAnswer answer;
    answer.submitted = Value::empty_object();
    answer.outcome = Value::empty_object();
    return answer;
  };
  const auto ran = run_text(R"({"StartAt": "T", "States": {
      "T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": "P",
        "Parameters": {"QueueUrl": "q", "MessageBody": {"t.$": "$$.Task.Token"}}},
      "P": {"Type": "Pass", "Parameters": {"t.$": "$$.Task.Token"}, "End": true}}})",
                            "{}", &world);
  CHECK(output_of(ran) == "States.Runtime");
}

TEST_CASE("StringMatches takes stars for anything and needs no time for evil patterns", "[interpreter]") {
  struct Case {
    const char* text;
    const char* pattern;
    bool matches;
  };
  const auto c =
      GENERATE(Case{"abc", "abc", true}, Case{"abc", "a*", true}, Case{"abc", "*c", true}, Case{"abc", "a*c", true},
               Case{"abc", "*", true}, Case{"", "*", true}, Case{"abc", "ab", false}, Case{"abab", "ab*ab", true},
               Case{"aba", "ab*ba", false}, Case{"a*c", "a\\\\*c", true}, Case{"abc", "a\\\\*c", false},
               Case{"xaybzc", "*a*b*c", true}, Case{"xaybz", "*a*b*c", false}, Case{"aaab", "*aab", true},
               Case{"log-2024.txt", "log-*.txt", true});
  DYNAMIC_SECTION(c.text << " " << c.pattern) {
    const auto ran = run_text(std::string(R"({"StartAt": "C", "States": {
        "C": {"Type": "Choice", "Choices": [{"Variable": "$.t", "StringMatches": ")") +
                                  c.pattern +
                                  R"(", "Next": "Y"}], "Default": "N"},
        "Y": {"Type": "Pass", "Result": 1, "End": true}, "N": {"Type": "Pass", "Result": 0, "End": true}}})",
                              std::string("{\"t\":\"") + c.text + "\"}");
    CHECK(output_of(ran) == (c.matches ? "1" : "0"));
  }
}

TEST_CASE("a backslash in StringMatches stands before a star or a backslash, or the run fails", "[interpreter]") {
  struct Case {
    const char* text;
    const char* pattern;  // as it stands in JSON
    const char* output;
  };
  const auto c = GENERATE(Case{R"("a\\b")", R"(a\\\\b)", "1"}, Case{R"("a\\*")", R"(a\\\\\\*)", "1"},
                          Case{R"("ab")", R"(a\\b)", "States.Runtime"}, Case{R"("ab")", R"(ab\\)", "States.Runtime"},
                          Case{R"("x")", R"(\\)", "States.Runtime"}, Case{"7", R"(a\\b)", "0"});
  DYNAMIC_SECTION(c.text << " " << c.pattern) {
    const auto ran = run_text(std::string(R"({"StartAt": "C", "States": {
        "C": {"Type": "Choice", "Choices": [{"Variable": "$.t", "StringMatches": ")") +
                                  c.pattern +
                                  R"(", "Next": "Y"}], "Default": "N"},
        "Y": {"Type": "Pass", "Result": 1, "End": true}, "N": {"Type": "Pass", "Result": 0, "End": true}}})",
                              std::string("{\"t\":") + c.text + "}");
    CHECK(output_of(ran) == c.output);
  }
}

TEST_CASE("an index on what is no array fails in the path library's words in a template", "[interpreter]") {
  const auto ran = run_text(R"({"StartAt": "P", "States": {"P": {"Type": "Pass", "Parameters": {"v.$": "$.a[0]"},
      "End": true}}})",
                            R"({"a": 1})");
  CHECK((*ran).failure.cause ==
        "An error occurred while executing the state 'P' (entered at the event id #2). Filter: "
        "[0] can only be applied to arrays. Current context is: 1");
}

TEST_CASE("MaxConcurrencyPath that finds a negative number fails the Map", "[interpreter]") {
  const std::string config = GENERATE("", R"("ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},)");
  const auto ran = run_text(R"({"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.items",
      "MaxConcurrencyPath": "$.n", "End": true, "ItemProcessor": {)" +
                                config + R"("StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}})",
                            R"({"items": [1], "n": -1})");
  CHECK(output_of(ran) == "States.Runtime");
  CHECK((*ran).failure.cause.value_or("").ends_with("MaxConcurrency cannot be negative."));
}

TEST_CASE("the variables of an execution have a limit together", "[interpreter]") {
  // Each state assigns 200,000 bytes to a variable of its own; 52 of them fit, with their names and quotes.
  const int states = GENERATE(52, 53);
  const bool catches = GENERATE(false, true);
  DYNAMIC_SECTION(states << (catches ? " states, the last in a branch" : " states")) {
    std::string text = R"({"StartAt": "S0", "States": {)";
    for (int i = 0; i < states; ++i) {
      const std::string assign = R"("Assign": {"v)" + std::to_string(i) + R"(.$": "$$.Execution.Input"})";
      const std::string next = i + 1 < states ? "\"Next\": \"S" + std::to_string(i + 1) + "\"" : "\"End\": true";
      text += (i > 0 ? ", \"S" : "\"S") + std::to_string(i) + "\": ";
      if (catches && i + 1 == states) {
        text +=
            R"({"Type": "Parallel", "End": true, "Catch": [{"ErrorEquals": ["States.DataLimitExceeded"], "Next": "Z"}],
            "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true, )" +
            assign + R"(}}}]}, "Z": {"Type": "Pass", "Result": "caught", "End": true})";
      } else {
        text += R"({"Type": "Pass", "Result": 0, )" + assign + ", " + next + "}";
      }
    }
    const auto ran = run_text(text + "}}", '"' + std::string(200'000, 'x') + '"');
    CHECK(output_of(ran) == (states == 52 ? (catches ? "[0]" : "0")
                             : catches    ? "\"caught\""
                                          : "States.DataLimitExceeded"));
  }
}

TEST_CASE("branches that are cut are told of in their order", "[interpreter]") {
  const auto ran = run_text(R"({"StartAt": "Q", "States": {"Q": {"Type": "Parallel", "End": true, "Branches": [
      {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.w", "End": true, "ItemProcessor": {
        "StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$", "End": true}}}}}},
      {"StartAt": "V", "States": {"V": {"Type": "Wait", "Seconds": 5, "Next": "F"}, "F": {"Type": "Fail", "Error": "E"}}}]}}})",
                            R"({"w": [1, 100, 100, 100]})");
  REQUIRE(ran.outcome);
  std::string order;
  for (std::uint32_t id = 1; id <= (*ran).history.size(); ++id) {
    const Event& event = (*ran).history[id];
    if (event.type == EventType::MapIterationAborted) order += to_json(event.data);
  }
  CHECK(order == "123");
}

TEST_CASE("a Map whose results are too large together fails, also when it drops them", "[interpreter]") {
  const auto items = GENERATE(2, 3);
  DYNAMIC_SECTION(items << " items of 100 KB") {
    std::string list = "[0";
    for (int i = 1; i < items; ++i) list += ",0";
    const auto ran =
        run_text(R"({"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$.items", "ResultPath": null,
        "OutputPath": "$.items", "End": true, "ItemProcessor": {"StartAt": "P", "States": {
          "P": {"Type": "Pass", "Result": ")" +
                     std::string(100'000, 'x') + "\", \"End\": true}}}}}}",
                 "{\"items\":" + list + "]}");
    CHECK(output_of(ran) == (items == 2 ? "[0,0]" : "States.DataLimitExceeded"));
  }
}

TEST_CASE("what one state assigns has the limit of a payload", "[interpreter]") {
  const auto size = GENERATE(100'000, 200'000);
  DYNAMIC_SECTION(size << " bytes twice") {
    const auto ran = run_text(R"({"StartAt": "P", "States": {"P": {"Type": "Pass", "Assign": {"a.$": "$", "b.$": "$"},
        "End": true}}})",
                              '"' + std::string(static_cast<std::size_t>(size), 'x') + '"');
    REQUIRE(ran.outcome);
    CHECK(((*ran).status == ExecutionStatus::Succeeded) == (size == 100'000));
  }
}

TEST_CASE("retries count against the transitions of a run", "[interpreter]") {
  const auto machine = machine_of(R"({"StartAt": "Q", "States": {"Q": {"Type": "Parallel", "End": true,
      "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 99999999}], "Branches": [
        {"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E"}}}]}}})");
  StoredObjects world;
  RunOptions options;
  options.max_events = 0;
  options.max_transitions = 20;
  const auto outcome = run(*machine, world, options);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().reason == RunStopped::Reason::TransitionLimit);
}

}  // namespace stepglass
