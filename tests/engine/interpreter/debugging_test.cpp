// Runs that pause, and data that is changed on the way.

#include "engine/interpreter/debugging.h"

#include <string>
#include <vector>

#include "analysis/api/call.h"
#include "engine/document/document.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Machine {
  const char* name;
  const char* text;
};

/// Machines in which states take turns, wait, fail, retry, and start others.
const Machine kMachines[] = {
    {"a chain with a retry and a catcher", R"({"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Result": {"n": 1}, "Next": "T"},
        "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
          "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}],
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}], "Next": "W"},
        "C": {"Type": "Choice", "Choices": [{"Variable": "$.Error", "StringEquals": "Busy", "Next": "W"}], "Default": "F"},
        "W": {"Type": "Wait", "Seconds": 3600, "Next": "F"},
        "F": {"Type": "Fail", "Error": "Late"}}})"},
    {"branches that take turns", R"({"StartAt": "P", "States": {
        "P": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 2, "Next": "B"}, "B": {"Type": "Pass", "End": true}}},
          {"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "Y"}, "Y": {"Type": "Succeed"}}}]}}})"},
    {"a distributed Map beside another branch", R"({"StartAt": "P", "States": {
        "P": {"Type": "Parallel", "End": true, "Branches": [
          {"StartAt": "M", "States": {
            "M": {"Type": "Map", "ItemsPath": "$.items", "End": true, "ItemProcessor": {
              "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "A",
              "States": {"A": {"Type": "Wait", "Seconds": 5, "End": true}}}}}},
          {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 2, "Next": "B"}, "B": {"Type": "Pass", "End": true}}}]}}})"},
    {"an expression that fails", R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
        "A": {"Type": "Pass", "Assign": {"n": 1}, "Next": "B"},
        "B": {"Type": "Pass", "Output": "{% $number('x') %}", "End": true}}})"},
};

std::string request(const Machine& machine, const std::string& more) {
  return std::string(R"({"op": "run", "input": {"items": [1, 2, 3]}, "mocks": {"T": [{"error": "Busy"}]}, "definition": )") +
         machine.text + more + "}";
}

Value result_of(const std::string& request) {
  const auto reply = read_value(analysis::call(request));
  REQUIRE(reply);
  INFO(to_json(*reply));
  const Value* result = reply->find("result");
  REQUIRE(result);
  return *result;
}

std::size_t events_of(const Value& result) { return result.find("history")->size(); }
std::string last_event_of(const Value& result) {
  const Value* history = result.find("history");
  return std::string(history->items()[history->size() - 1].find("type")->as_string());
}
std::string text_of(const Value& result, std::string_view name) {
  const Value* member = result.find(name);
  return member ? to_json(*member) : "";
}

}  // namespace

TEST_CASE("a run that pauses at an event has the events of the whole run up to it", "[interpreter]") {
  for (const Machine& machine : kMachines) {
    DYNAMIC_SECTION(machine.name) {
      const Value whole = result_of(request(machine, ""));
      const std::size_t events = events_of(whole);
      for (std::size_t n = 1; n < events; ++n) {
        const Value paused = result_of(request(machine, R"(, "until": {"event": )" + std::to_string(n) + "}"));
        CHECK(text_of(paused, "status") == "\"RUNNING\"");
        REQUIRE(events_of(paused) == n);
        for (std::size_t i = 0; i < n; ++i) {
          CHECK(to_json(paused.find("history")->items()[i]) == to_json(whole.find("history")->items()[i]));
        }
      }
      // The event that ends an execution is no place to pause.
      for (const std::size_t n : {events, events + 1}) {
        const Value ended = result_of(request(machine, R"(, "until": {"event": )" + std::to_string(n) + "}"));
        CHECK(to_json(ended) == to_json(whole));
      }
    }
  }
}

TEST_CASE("a run pauses at states, choices and failures, and goes on behind them", "[interpreter]") {
  const Machine& chain = kMachines[0];
  const auto at = [&](const std::string& until) {
    const Value result = result_of(request(chain, R"(, "until": )" + until));
    return std::to_string(events_of(result)) + " " + last_event_of(result);
  };
  CHECK(at(R"({"states": ["T"]})") == "4 TaskStateEntered");
  CHECK(at(R"({"states": ["T"], "after": 4})") == "17 ExecutionFailed");
  CHECK(at(R"({"choice": true})") == "12 ChoiceStateEntered");
  CHECK(at(R"({"error": true})") == "7 TaskFailed");
  CHECK(at(R"({"error": true, "after": 7})") == "10 TaskFailed");
  // Paused at the entering of F, which then fails without an event of its own: the end tells of it.
  CHECK(at(R"({"error": true, "after": 16})") == "17 ExecutionFailed");
  CHECK(at(R"({"states": ["nobody"]})") == "17 ExecutionFailed");
  const Value expression = result_of(request(kMachines[3], R"(, "until": {"error": true})"));
  CHECK(last_event_of(expression) == "EvaluationFailed");
}

TEST_CASE("a run that wants a mock pauses where it does, and says what to add", "[interpreter]") {
  const Value result = result_of(std::string(R"({"op": "run", "until": {"stopped": true}, "definition": )") +
                                 kMachines[0].text + "}");
  CHECK(text_of(result, "status") == "\"RUNNING\"");
  CHECK(last_event_of(result) == "TaskScheduled");
  const Value* stopped = result.find("stopped");
  REQUIRE(stopped);
  CHECK(text_of(*stopped, "code") == "\"MissingMock\"");
  CHECK(text_of(*stopped, "state") == "\"T\"");
  CHECK(text_of(*stopped, "mock_sample") == R"({"ExecutedVersion":"$LATEST","Payload":{},"StatusCode":200})");
}

TEST_CASE("children of a Map Run go on when the execution around them pauses", "[interpreter]") {
  const Value result = result_of(request(kMachines[2], R"(, "until": {"states": ["B"]})"));
  const Value& map_run = result.find("map_runs")->items()[0];
  CHECK(text_of(map_run, "status") == "\"RUNNING\"");
  CHECK(text_of(*map_run.find("itemCounts"), "running") == "3");
  CHECK(text_of(*map_run.find("itemCounts"), "aborted") == "0");
}

TEST_CASE("data that is changed at an entering or a leaving is what the run goes on with", "[interpreter]") {
  const std::string machine = R"({"QueryLanguage": "JSONata", "StartAt": "A", "States": {
      "A": {"Type": "Pass", "Assign": {"n": 1}, "Next": "B"},
      "B": {"Type": "Pass", "Output": {"in": "{% $states.input %}", "n": "{% $n %}"}, "End": true}}})";
  const auto output = [&](const std::string& changes) {
    return text_of(result_of(R"({"op": "run", "definition": )" + machine + R"(, "changes": )" + changes + "}"), "output");
  };
  CHECK(output("[]") == R"({"in":{},"n":1})");
  CHECK(output(R"([{"event": 2, "data": {"at": "entering A"}}])") == R"({"in":{"at":"entering A"},"n":1})");
  CHECK(output(R"([{"event": 3, "data": 3}])") == R"({"in":3,"n":1})");
  CHECK(output(R"([{"event": 4, "data": 4, "variables": {"n": 7}}])") == R"({"in":4,"n":7})");
  CHECK(output(R"([{"event": 5, "data": "out"}, {"event": 4, "data": 4}])") == "\"out\"");
  // The event shows what the state really got, also where the caller's own text would stand.
  const Value changed = result_of(R"({"op": "run", "input_text": "{ }", "definition": )" + machine +
                                  R"(, "changes": [{"event": 2, "data": 7}]})");
  const Value& entered = changed.find("history")->items()[1];
  CHECK(text_of(*entered.find("stateEnteredEventDetails"), "input") == "\"7\"");
}

TEST_CASE("a change that meets no state is told", "[interpreter]") {
  const Value result = result_of(request(kMachines[0], R"(, "changes": [{"event": 1, "data": 1}, {"event": 5, "data": 1},
      {"event": 99, "data": 1}])"));
  CHECK(text_of(result, "warnings") ==
        R"(["the change at event 1 was not made: no state is entered or left there",)"
        R"("the change at event 5 was not made: no state is entered or left there",)"
        R"("the change at event 99 was not made: no state is entered or left there"])");
}

TEST_CASE("what a debugger asks wrongly is refused with what would be right", "[interpreter]") {
  const auto message = [](const std::string& more) {
    const auto reply = read_value(analysis::call(request(kMachines[0], more)));
    REQUIRE(reply);
    const Value* error = reply->find("error");
    return error ? std::string(error->find("message")->as_string()) : std::string("accepted");
  };
  CHECK(message(R"(, "until": 5)") == R"("until" is an object such as {"states": ["Pay"], "error": true})");
  CHECK(message(R"(, "until": {"state": "T"})") ==
        R"("until" has the unknown field "state"; known are event, after, states, choice, error, stopped)");
  CHECK(message(R"(, "until": {"event": -1})") == R"(in "until", "event" is an integer from 0 to 4294967295)");
  CHECK(message(R"(, "changes": {})") == R"("changes" is a list such as [{"event": 2, "data": {}}])");
  CHECK(message(R"(, "changes": [1])") == R"("changes", entry 0, is no object)");
  CHECK(message(R"(, "changes": [{"event": 2, "data": 1}, {"event": 0, "data": 1}])") ==
        R"("changes", entry 1, has no "event": the id of a …StateEntered or …StateExited event)");
  CHECK(message(R"(, "changes": [{"event": 2}])") == R"("changes", entry 0, has no "data")");
  CHECK(message(R"(, "changes": [{"event": 2, "data": 1, "variables": 1}])") ==
        R"("changes", entry 0, has "variables" that are no object)");
  CHECK(message(R"(, "changes": [{"event": 2, "data": 1, "what": 1}])") ==
        R"("changes", entry 0, has the unknown field "what")");
  // At most what a payload may hold: the quotes count, too.
  const auto sized = [](std::size_t bytes) {
    return R"(, "changes": [{"event": 2, "data": ")" + std::string(bytes - 2, 'x') + "\"}]";
  };
  CHECK(message(sized(262'143)) == "accepted");
  CHECK(message(sized(262'144)) == "accepted");
  CHECK(message(sized(262'145)) == R"("changes", entry 0, has data of more than 262144 bytes)");
}

}  // namespace stepglass
