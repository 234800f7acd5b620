// What is taken from the histories of executions.

#include "analysis/cost/observe.h"

#include "analysis/cost/estimate.h"
#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

constexpr const char* kMachine = R"({"StartAt": "Pay", "States": {
  "Pay": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"},
    "Retry": [{"ErrorEquals": ["States.ALL"]}], "Next": "Big"},
  "Big": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 9, "Next": "Each"}],
    "Default": "Done"},
  "Each": {"Type": "Map", "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}},
    "Next": "Done"},
  "Done": {"Type": "Succeed"}}})";

// A first attempt fails after 2 seconds, the second takes 4; then the Map with two items.
constexpr const char* kHistory = R"({"events": [
  {"id": 1, "timestamp": 0, "type": "ExecutionStarted"},
  {"id": 2, "previousEventId": 0, "timestamp": 0, "type": "TaskStateEntered", "stateEnteredEventDetails": {"name": "Pay"}},
  {"id": 3, "previousEventId": 2, "timestamp": 0, "type": "TaskScheduled"},
  {"id": 4, "previousEventId": 3, "timestamp": 0, "type": "TaskStarted"},
  {"id": 5, "previousEventId": 4, "timestamp": 2, "type": "TaskFailed", "taskFailedEventDetails": {"error": "Declined"}},
  {"id": 6, "previousEventId": 5, "timestamp": 3, "type": "TaskScheduled"},
  {"id": 7, "previousEventId": 6, "timestamp": 3, "type": "TaskStarted"},
  {"id": 8, "previousEventId": 7, "timestamp": 7, "type": "TaskSucceeded"},
  {"id": 9, "previousEventId": 8, "timestamp": 7, "type": "TaskStateExited", "stateExitedEventDetails": {"name": "Pay"}},
  {"id": 10, "previousEventId": 9, "timestamp": 7, "type": "ChoiceStateEntered", "stateEnteredEventDetails": {"name": "Big"}},
  {"id": 11, "previousEventId": 10, "timestamp": 7, "type": "ChoiceStateExited", "stateExitedEventDetails": {"name": "Big"}},
  {"id": 12, "previousEventId": 11, "timestamp": 7, "type": "MapStateEntered", "stateEnteredEventDetails": {"name": "Each"}},
  {"id": 13, "previousEventId": 12, "timestamp": 7, "type": "MapStateStarted", "mapStateStartedEventDetails": {"length": 2}}
]})";

TEST_CASE("a history tells of ways, failures, durations and items", "[cost]") {
  const Loaded loaded(kMachine);
  Observations observations;
  const Document history = read_json(kHistory);
  CHECK_FALSE(observations.add(*history.root()));
  CHECK(observations.executions() == 1);
  CHECK(observations.states_of(0) == std::vector<std::string_view>{"Big", "Each", "Pay"});
  Assumptions assumptions;
  observations.assume(loaded.machine(), "m", assumptions);
  const StateAssumptions& pay = assumptions.machines["m"].states["Pay"];
  REQUIRE(pay.failures);
  CHECK(pay.failures->value.at(0).name == "Declined");
  CHECK(pay.failures->value.at(0).probability == 0.5);
  CHECK(pay.failures->origin == Origin::Observed);
  CHECK(pay.failures->place == "in 2 attempts");
  CHECK(pay.duration_seconds->value == 3);
  CHECK(assumptions.machines["m"].states["Big"].choices->value == std::vector<double>{1, 0});
  CHECK(assumptions.machines["m"].states["Each"].items->value == 2);

  const Estimate estimate = estimate_cost(loaded.machine(), "m", 1000, assumptions);
  CHECK(estimate.transitions.expected > 6);
}

/// The share of attempts of "Pay" that fail, in a history of nothing else.
double failing_share(const std::string& events) {
  const Loaded loaded(kMachine);
  Observations observations;
  const Document history = read_json(R"({"events": [{"id": 1, "timestamp": 0, "type": "TaskStateEntered",
    "stateEnteredEventDetails": {"name": "Pay"}}, )" +
                                     events + "]}");
  REQUIRE_FALSE(observations.add(*history.root()));
  Assumptions assumptions;
  observations.assume(loaded.machine(), "m", assumptions);
  const StateAssumptions& pay = assumptions.machines["m"].states["Pay"];
  if (pay.failures) return sum_of(pay.failures->value);
  return pay.failure_rate ? pay.failure_rate->value : -1;
}

TEST_CASE("attempts count when they end, each once", "[cost]") {
  // Nothing was scheduled, since that failed.
  CHECK(failing_share(R"({"id": 2, "previousEventId": 1, "timestamp": 0, "type": "LambdaFunctionScheduleFailed",
    "lambdaFunctionScheduleFailedEventDetails": {"error": "X"}})") == 1);
  // One that is still open when the history ends.
  CHECK(failing_share(R"({"id": 2, "previousEventId": 1, "timestamp": 0, "type": "TaskScheduled"})") == -1);
  CHECK(failing_share(R"({"id": 2, "previousEventId": 1, "timestamp": 0, "type": "TaskScheduled"},
    {"id": 3, "previousEventId": 2, "timestamp": 0, "type": "TaskFailed", "taskFailedEventDetails": {"error": "X"}},
    {"id": 4, "previousEventId": 3, "timestamp": 0, "type": "TaskScheduled"})") == 1);
  // A submission that failed, and the task with it.
  CHECK(failing_share(R"({"id": 2, "previousEventId": 1, "timestamp": 0, "type": "TaskScheduled"},
    {"id": 3, "previousEventId": 2, "timestamp": 0, "type": "TaskSubmitFailed", "taskSubmitFailedEventDetails": {"error": "X"}},
    {"id": 4, "previousEventId": 3, "timestamp": 0, "type": "TaskFailed", "taskFailedEventDetails": {"error": "X"}})") ==
        1);
}

TEST_CASE("an execution of another machine says nothing of this one", "[cost]") {
  const Loaded loaded(kMachine);
  Observations observations;
  const Document history = read_json(kHistory);
  std::string other(kHistory);
  other.replace(other.find("\"Each\""), 6, "\"Else\"");
  const Document of_another = read_json(other);
  REQUIRE_FALSE(observations.add(*history.root()));
  REQUIRE_FALSE(observations.add(*of_another.root()));
  Assumptions assumptions;
  observations.assume(loaded.machine(), "m", assumptions);
  CHECK(assumptions.machines["m"].states["Pay"].failures->place == "in 2 attempts");
}

TEST_CASE("what somebody assumes is not replaced by what was seen", "[cost]") {
  const Loaded loaded(kMachine);
  Observations observations;
  const Document history = read_json(kHistory);
  CHECK_FALSE(observations.add(*history.root()));
  Assumptions assumptions;
  REQUIRE_FALSE(add_assumption("Each.items=9", assumptions));
  observations.assume(loaded.machine(), "m", assumptions);
  CHECK(find_assumption(assumptions, "m", "Each", &StateAssumptions::items)->value == 9);
}

TEST_CASE("what is no history is refused with its place", "[cost]") {
  const auto fault = [](const char* text) {
    const Document document = read_json(text);
    return Observations().add(*document.root()).value_or("");
  };
  CHECK(fault("{}") == "there are no \"events\": give what GetExecutionHistory answers");
  CHECK(fault(R"({"events": []})") == "the history has no events");
  CHECK(fault(R"({"events": [7]})") == "event 1 is no object");
  CHECK(fault(R"({"events": [{"id": 1, "type": "X"}]})") == "event 1 has no timestamp that can be read");
  CHECK(fault(R"({"events": [{"id": -1, "type": "X", "timestamp": 1}]})") == "event 1 has no id or no type");
  CHECK(fault(R"([{"id": 1, "type": "X", "timestamp": 1}, {"id": 1, "type": "Y", "timestamp": 1}])") ==
        "two events have the id 1");
}

}  // namespace
}  // namespace stepglass::analysis
