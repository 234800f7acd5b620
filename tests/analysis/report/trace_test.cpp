#include "analysis/report/trace.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/definition.h"
#include "analysis/api/run.h"
#include "analysis/report/visits.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

struct Ran {
  Definition definition;
  RunReply reply;

  const StateMachine& machine() const { return *definition.loaded.machine; }
  std::string trace(TraceOptions options = {}) const {
    options.decisions = [this](std::uint32_t entered) { return decisions_of(reply, entered); };
    return '\n' + trace_text(reply.execution, machine(), options);
  }
};

Ran run_text(std::string_view definition, std::string_view input = "{}", std::string_view mocks = "{}") {
  Ran ran{load_definition(std::string(definition), MachineType::Standard), RunReply()};
  for (const Diagnostic& diagnostic : ran.definition.loaded.diagnostics) UNSCOPED_INFO(diagnostic.message);
  REQUIRE(check_runnable(ran.definition));
  RunRequest request;
  request.input_text = std::string(input);
  request.inspection = InspectionLevel::Info;
  const Document document = read_json(std::string(mocks));
  request.mocks.states = *read_mocks(*document.root());
  auto reply = run(ran.machine(), request);
  REQUIRE(reply);
  ran.reply = *std::move(reply);
  return ran;
}

constexpr std::string_view kOrder = R"({"StartAt": "Charge", "States": {
  "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Charge",
    "Retry": [{"ErrorEquals": ["Card.Busy"], "MaxAttempts": 2}],
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}], "Next": "Paid?"},
  "Paid?": {"Type": "Choice", "Default": "Sorry", "Choices": [
    {"And": [{"Variable": "$.paid", "BooleanEquals": true}, {"Not": {"Variable": "$.x", "IsPresent": true}}],
     "Next": "Rest"}]},
  "Rest": {"Type": "Wait", "Seconds": 90061, "Next": "Done"},
  "Sorry": {"Type": "Fail", "Error": "NotPaid", "Cause": "no money"},
  "Done": {"Type": "Succeed"}}})";

}  // namespace

TEST_CASE("a trace tells of retries, rules and waits", "[report]") {
  const Ran ran = run_text(kOrder, R"({"id": 7})",
                           R"({"Charge": [{"error": "Card.Busy", "cause": "later"}, {"return": {"paid": true}}]})");
  CHECK(ran.trace() == R"(
  +0s                   input    {"id":7}
                Charge  task     lambda Charge {"id":7}
                        error    Card.Busy: later
  +1s                   retry    1 of 2 after 1s, Retry[0]
                        task     lambda Charge {"id":7}
                        result   {"paid":true}
                Paid?   choice   rule 1 of 1 → Rest: $.paid == true && !($.x is…
                Rest    wait     1d 1h 1m 1s
  +1d 1h 1m 2s  Done    succeed
)");
}

TEST_CASE("a trace tells the retrier and catcher that took a missed heartbeat, not the one for timeouts behind it",
          "[report]") {
  const Ran ran = run_text(R"({"StartAt": "Ask", "States": {
    "Ask": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}, "TimeoutSeconds": 60, "HeartbeatSeconds": 5,
      "Retry": [{"ErrorEquals": ["States.HeartbeatTimeout"], "MaxAttempts": 1},
                {"ErrorEquals": ["States.Timeout"], "MaxAttempts": 3}],
      "Catch": [{"ErrorEquals": ["States.HeartbeatTimeout"], "Next": "Lost"},
                {"ErrorEquals": ["States.Timeout"], "Next": "Slow"}], "Next": "Slow"},
    "Lost": {"Type": "Pass", "Next": "Slow"}, "Slow": {"Type": "Succeed"}}})",
                           "{}", R"({"Ask": [{"outcome": "TaskTimedOut"}]})");
  const std::string trace = ran.trace();
  CHECK_THAT(trace, Catch::Contains("retry      1 of 1 after 1s, Retry[0]"));
  CHECK_THAT(trace, Catch::Contains("caught     Catch[0] → Lost"));
}

TEST_CASE("a trace tells which catcher took an error and how it ended", "[report]") {
  const Ran ran = run_text(kOrder, "{}", R"({"Charge": [{"error": "Card.Stolen"}]})");
  CHECK(ran.trace() == R"(
  +0s          input   {}
       Charge  task    lambda Charge {}
               error   Card.Stolen
               caught  Catch[0] → Sorry
       Sorry   fail    NotPaid: no money
)");
}

TEST_CASE("a trace indents branches and numbers items", "[report]") {
  const Ran ran = run_text(R"({"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
      {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {
        "StartAt": "Nap", "States": {"Nap": {"Type": "Wait", "SecondsPath": "$", "End": true}}}}}},
      {"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": 1, "Assign": {"v": 2}, "End": true}}}]}}})",
                           "[2, 1]");
  CHECK(ran.trace() == R"(
  +0s               input     [2,1]
       Both         parallel  2 branches
         Each       map       2 items
         P          pass      → 1
                    assign    $v = 2
           [0] Nap  wait      2s
           [1] Nap  wait      1s
  +2s    Each       joined    [2,1]
       Both         joined    [[2,1],1]
)");
}

TEST_CASE("a trace that is long leaves its middle out and says so", "[report]") {
  std::string input = "[0";
  for (int i = 1; i < 100; ++i) input += ",0";
  const Ran ran = run_text(R"({"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ItemProcessor": {
        "StartAt": "P", "States": {"P": {"Type": "Pass", "Result": 1, "End": true}}}}}})",
                           input + "]");
  const auto lines = [&](std::size_t most) {
    TraceOptions options;
    options.max_lines = most;
    const std::string text = ran.trace(options);
    return std::count(text.begin(), text.end(), '\n') - 1;
  };
  CHECK(lines(104) == 103);
  CHECK(lines(103) == 103);
  CHECK(lines(102) == 103);  // one line is left out and one says so
  CHECK(lines(10) == 11);
}

TEST_CASE("no line of a trace is wider than the terminal", "[report]") {
  const std::string name(80, 'n');
  const Ran ran = run_text("{\"StartAt\": \"" + name + "\", \"States\": {\"" + name +
                               R"(": {"Type": "Pass", "Result": "0123456789 0123456789 0123456789", "End": true}}})",
                           "{\"key\": \"a long input, a long input, a long input, a long input, a long input\"}");
  for (const std::size_t width : {40, 80, 120}) {
    TraceOptions options;
    options.style.width = width;
    std::string text = ran.trace(options);
    std::size_t start = 1;
    while (start < text.size()) {
      const std::size_t end = text.find('\n', start);
      CHECK(columns(text.substr(start, end - start)) <= std::max<std::size_t>(width, 66));
      start = end + 1;
    }
  }
}

TEST_CASE("a summary has error and cause in full", "[report]") {
  const Ran ran = run_text(kOrder, "{}", R"({"Charge": [{"return": {"paid": false}}]})");
  CHECK(summary_text(ran.reply.execution, ran.machine(), {}, std::chrono::microseconds(1234)) ==
        "error: NotPaid\n"
        "cause: no money\n"
        "FAILED  3 billed transitions, 0s virtual (1.2 ms real)\n");
}

TEST_CASE("conditions are described as people write them", "[report]") {
  struct Row {
    std::string_view rule, text;
  };
  const Row rows[] = {
      {R"("Variable": "$.a", "StringEquals": "x")", R"($.a == "x")"},
      {R"("Variable": "$.a", "NumericLessThanEqualsPath": "$.b")", "$.a <= $.b"},
      {R"("Variable": "$.a", "TimestampGreaterThan": "2025-01-01T00:00:00Z")", R"($.a > "2025-01-01T00:00:00Z")"},
      {R"("Variable": "$.a", "StringMatches": "x*")", R"($.a matches "x*")"},
      {R"("Variable": "$.a", "IsPresent": false)", "$.a is not present"},
      {R"("Or": [{"Variable": "$.a", "IsNull": true}, {"And": [{"Variable": "$.b", "BooleanEquals": false}, {"Variable": "$.c", "IsString": true}]}])",
       "$.a is null || ($.b == false && $.c is a string)"},
      {R"("Not": {"Variable": "$.a", "NumericEquals": 1})", "!($.a == 1)"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      const Definition definition =
          load_definition(R"({"StartAt": "C", "States": {"C": {"Type": "Choice", "Default": "E", "Choices": [{)" +
                              std::string(row.rule) + R"(, "Next": "E"}]}, "E": {"Type": "Succeed"}}})",
                          MachineType::Standard);
      REQUIRE(check_runnable(definition));
      const auto& choice = std::get<Choice>(definition.loaded.machine->scope.states[0].kind);
      CHECK(describe(choice.choices[0].condition) == row.text);
    }
  }
}

TEST_CASE("every event belongs to its visit, also across Map and Parallel", "[report]") {
  const Ran ran = run_text(R"({"StartAt": "Outer", "States": {
      "Outer": {"Type": "Map", "MaxConcurrency": 1, "Next": "After", "ItemProcessor": {"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Next": "Inner"},
        "Inner": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
          "B": {"Type": "Pass", "End": true}}}}}}},
      "After": {"Type": "Succeed"}}})",
                           "[[1, 2], [3]]");
  const History& history = ran.reply.execution.history;
  const Visits visits = find_visits(history, ran.machine());
  std::string text;
  for (const Visit& visit : visits.all) {
    text += std::string(2 * visit.depth, ' ') + visit.state->name;
    if (visit.iteration) text += "[" + std::to_string(*visit.iteration) + "]";
    if (visit.next) text += " then " + visits.all[*visit.next].state->name;
    CHECK(visit.exited != 0);
    CHECK(history[visit.exited].state == visit.state);
    text += '\n';
  }
  CHECK(text ==
        "Outer then After\n"
        "  A[0] then Inner\n"
        "  Inner[0]\n"
        "    B[0]\n"
        "    B[1]\n"
        "  A[1] then Inner\n"
        "  Inner[1]\n"
        "    B[0]\n"
        "After\n");
  for (std::uint32_t id = 1; id <= history.size(); ++id) {
    const auto visit = visits.of_event[id];
    CHECK(visit.has_value() == (history[id].state != nullptr));
    if (visit) CHECK(visits.all[*visit].state == history[id].state);
  }
}
