#include "analysis/report/history.h"

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/interpreter/run.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

State task_state(std::string name, std::string_view arn) {
  State state;
  state.name = std::move(name);
  Task task;
  task.resource = *parse_resource(arn);
  state.kind = std::move(task);
  return state;
}

EventDetails& details(Event& event) {
  if (!event.details) event.details = std::make_unique<EventDetails>();
  return *event.details;
}

/// What stands behind id and previousEventId of the one event.
std::string details_text(const Execution& execution) {
  std::string out;
  HistoryWriter writer(out, execution, "eu-west-1");
  writer.append(1);
  constexpr std::string_view kPrevious = "\"previousEventId\":";
  const std::size_t at = out.find(',', out.find(kPrevious));
  return at == std::string::npos ? "" : out.substr(at + 1, out.size() - at - 2);
}

}  // namespace

TEST_CASE("every event has the details of its type, in the shape of the API", "[report]") {
  const State service = task_state("Pay \"now\"", "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
  const State lambda = task_state("L", "arn:aws:lambda:us-east-1:123456789012:function:F");
  const State activity = task_state("W", "arn:aws:states:us-east-1:123456789012:activity:A");
  const Value data = *read_value(R"({"a": "x\"y", "n": 1.0})");
  using enum EventType;
  struct Row {
    EventType type;
    const State* state;
    void (*fill)(Event&);
    std::string_view expected;
  };
  const auto nothing = [](Event&) {};
  const auto failure = [](Event& e) { details(e).failure = {"E", "c\n"}; };
  const auto error_only = [](Event& e) { details(e).failure = {"E", std::nullopt}; };
  const Row rows[] = {
      {ExecutionStarted, nullptr, [](Event& e) { details(e).input_text = "{\"a\": 1}"; },
       R"("executionStartedEventDetails":{"input":"{\"a\": 1}","inputDetails":{"truncated":false},"roleArn":"role"})"},
      {ExecutionSucceeded, nullptr, nothing,
       R"("executionSucceededEventDetails":{"output":"{\"a\":\"x\\\"y\",\"n\":1.0}","outputDetails":{"truncated":false}})"},
      {ExecutionFailed, nullptr, failure, R"("executionFailedEventDetails":{"error":"E","cause":"c\n"})"},
      {ExecutionAborted, nullptr, nothing, R"("executionAbortedEventDetails":{})"},
      {ExecutionTimedOut, nullptr, error_only, R"("executionTimedOutEventDetails":{"error":"E"})"},
      {ExecutionRedriven, nullptr, [](Event& e) { e.data = Value(2); },
       R"("executionRedrivenEventDetails":{"redriveCount":2})"},
      {TaskStateEntered, &service, nothing,
       R"("stateEnteredEventDetails":{"name":"Pay \"now\"","input":"{\"a\":\"x\\\"y\",\"n\":1.0}","inputDetails":{"truncated":false}})"},
      {PassStateExited, &service,
       [](Event& e) {
         e.data = Value(1.5);
         details(e).assigned = *read_value(R"({"x": "t", "y": [1]})");
       },
       R"("stateExitedEventDetails":{"name":"Pay \"now\"","output":"1.5","outputDetails":{"truncated":false},)"
       R"("assignedVariables":{"x":"\"t\"","y":"[1]"},"assignedVariablesDetails":{"truncated":false}})"},
      {TaskStateAborted, &service, nothing, ""},
      {MapStateStarted, &service, [](Event& e) { e.data = Value(3); }, R"("mapStateStartedEventDetails":{"length":3})"},
      {MapIterationAborted, &service, [](Event& e) { e.data = Value(2); },
       R"("mapIterationAbortedEventDetails":{"name":"Pay \"now\"","index":2})"},
      {MapRunStarted, &service, [](Event& e) { details(e).map_run_arn = "arn"; },
       R"("mapRunStartedEventDetails":{"mapRunArn":"arn"})"},
      {MapRunFailed, &service, failure, R"("mapRunFailedEventDetails":{"error":"E","cause":"c\n"})"},
      {TaskScheduled, &service,
       [](Event& e) {
         e.data = Value::empty_object();
         details(e).timeout_seconds = 60;
         details(e).heartbeat_seconds = 5;
         details(e).credentials_role = "r";
       },
       R"("taskScheduledEventDetails":{"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","region":"eu-west-1",)"
       R"("parameters":"{}","timeoutInSeconds":60,"heartbeatInSeconds":5,"taskCredentials":{"roleArn":"r"}})"},
      {TaskStarted, &service, nothing,
       R"("taskStartedEventDetails":{"resourceType":"sqs","resource":"sendMessage.waitForTaskToken"})"},
      {TaskSubmitted, &service, [](Event& e) { e.data = Value("t"); },
       R"("taskSubmittedEventDetails":{"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","output":"\"t\"","outputDetails":{"truncated":false}})"},
      {TaskTimedOut, &service, error_only,
       R"("taskTimedOutEventDetails":{"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","error":"E"})"},
      {LambdaFunctionScheduled, &lambda, [](Event& e) { e.data = Value(); },
       R"("lambdaFunctionScheduledEventDetails":{"resource":"arn:aws:lambda:us-east-1:123456789012:function:F","input":"null","inputDetails":{"truncated":false}})"},
      {LambdaFunctionStarted, &lambda, nothing, ""},
      {LambdaFunctionFailed, &lambda, failure, R"("lambdaFunctionFailedEventDetails":{"error":"E","cause":"c\n"})"},
      {ActivityScheduled, &activity,
       [](Event& e) {
         e.data = Value(true);
         details(e).heartbeat_seconds = 9;
       },
       R"("activityScheduledEventDetails":{"resource":"arn:aws:states:us-east-1:123456789012:activity:A","input":"true","inputDetails":{"truncated":false},"heartbeatInSeconds":9})"},
      {ActivityStarted, &activity, nothing, R"("activityStartedEventDetails":{})"},
      {ActivityStarted, &activity, [](Event& e) { details(e).worker_name = "w"; },
       R"("activityStartedEventDetails":{"workerName":"w"})"},
      {EvaluationFailed, &service,
       [](Event& e) {
         details(e).failure = {"States.QueryEvaluationError", "c"};
         details(e).location = "Output";
       },
       R"("evaluationFailedEventDetails":{"error":"States.QueryEvaluationError","cause":"c","location":"Output","state":"Pay \"now\""})"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(event_type_name(row.type) << " " << row.expected) {
      Execution execution;
      execution.role_arn = "role";
      Event& event = execution.history.add(row.type, 0, 0);
      event.data = data;
      event.state = row.state;
      row.fill(event);
      CHECK(details_text(execution) == row.expected);
    }
  }
}

TEST_CASE("the frame of an event is time, type, id and the id before it", "[report]") {
  Execution execution;
  execution.history.add(EventType::ParallelStateStarted, 0, 1'735'689'600'123);
  execution.history.add(EventType::ParallelStateSucceeded, 1, 253'402'300'799'999);
  std::string out;
  REQUIRE(append_history_json(out, execution, "us-east-1", 10'000));
  CHECK(out ==
        R"([{"timestamp":"2025-01-01T00:00:00.123Z","type":"ParallelStateStarted","id":1,"previousEventId":0},)"
        R"({"timestamp":"9999-12-31T23:59:59.999Z","type":"ParallelStateSucceeded","id":2,"previousEventId":1}])");
}

TEST_CASE("a payload that comes again is the same text again", "[report]") {
  const State state = task_state("A", "arn:aws:states:::sns:publish");
  const Value payload = *read_value(R"({"text": "\u0001 \"quoted\" \\ ü"})");
  Execution execution;
  for (int i = 0; i < 12; ++i) {
    Event& event = execution.history.add(EventType::TaskStateEntered, 0, 0);
    event.state = &state;
    // Others in between push it out of the memory now and then.
    event.data = i % 3 == 0 ? payload : *read_value("[\"" + std::string(static_cast<std::size_t>(i), 'x') + "\"]");
  }
  std::string together;
  REQUIRE(append_history_json(together, execution, "us-east-1", 1'000'000));
  std::string apart = "[";
  for (std::uint32_t id = 1; id <= execution.history.size(); ++id) {
    std::string event;
    HistoryWriter(event, execution, "us-east-1").append(id);
    apart += (id > 1 ? "," : "") + event;
  }
  CHECK(together == apart + "]");
  // Emptying the text between events is allowed when the writer is told.
  std::string piecewise, buffer;
  HistoryWriter writer(buffer, execution, "us-east-1");
  for (std::uint32_t id = 1; id <= execution.history.size(); ++id) {
    writer.append(id);
    piecewise += (id > 1 ? "," : "") + buffer;
    buffer.clear();
    writer.forget();
  }
  CHECK("[" + piecewise + "]" == together);
}

TEST_CASE("parts that a changed payload shares are the same text again", "[report]") {
  const State state = task_state("A", "arn:aws:states:::sns:publish");
  const Value large =
      *read_value(R"({"list": [1, "\"", {"deep": "a text long enough to be remembered, \\"}], "n": 0})");
  Execution execution;
  for (int i = 0; i < 500; ++i) {
    Event& event = execution.history.add(EventType::TaskStateEntered, 0, 0);
    event.state = &state;
    event.data = i % 2 == 0 ? large.with_member("n", Value(i)) : Value::array(std::vector<Value>{large, Value(i)});
  }
  std::string out;
  REQUIRE(append_history_json(out, execution, "us-east-1", 1'000'000));
  const Value events = *read_value(out);
  REQUIRE(events.size() == 500);
  for (std::size_t i = 0; i < 500; ++i) {
    const Value* input = events.at(i)->find("stateEnteredEventDetails")->find("input");
    CHECK(input->as_string() == to_json(execution.history[static_cast<std::uint32_t>(i + 1)].data));
  }
}

TEST_CASE("a history that is too large is given up", "[report]") {
  Execution execution;
  for (int i = 0; i < 3; ++i) execution.history.add(EventType::MapStateSucceeded, 0, 0);
  std::string out;
  REQUIRE(append_history_json(out, execution, "us-east-1", 1'000'000));
  // The limit counts what stands before the closing bracket.
  for (const std::size_t less : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    std::string again;
    CHECK(append_history_json(again, execution, "us-east-1", out.size() - less) == (less < 2));
  }
}

TEST_CASE("a history that was not kept is an empty list", "[report]") {
  Execution execution;
  execution.history = History(false);
  execution.history.add(EventType::MapStateSucceeded, 0, 0);
  std::string out;
  CHECK(append_history_json(out, execution, "us-east-1", 100));
  CHECK(out == "[]");
}
