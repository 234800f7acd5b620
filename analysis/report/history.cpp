#include "analysis/report/history.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "engine/model/state.h"
#include "engine/model/timestamp.h"
#include "engine/value/json_escape.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// What the details of an event hold.
enum class Shape : std::uint8_t {
  None,
  Input,              // ExecutionStarted
  Output,             // ExecutionSucceeded
  Failure,            // error and cause
  Redriven,           // redriveCount
  Entered,            // name and input
  Exited,             // name, output, assigned variables
  MapStarted,         // length
  Iteration,          // name and index
  MapRun,             // mapRunArn
  MapRunRedriven,     // mapRunArn and redriveCount
  TaskScheduled,      // resourceType, resource, region, parameters, timeouts, credentials
  TaskStarted,        // resourceType, resource
  TaskFailure,        // resourceType, resource, error, cause
  TaskOutput,         // resourceType, resource, output
  LambdaScheduled,    // resource, input, timeout, credentials
  ActivityScheduled,  // resource, input, timeouts
  ActivityStarted,    // workerName
  Evaluation,         // error, cause, location, state
};

struct Details {
  std::string_view member;
  Shape shape = Shape::None;
};

/// By event type. Source: API, HistoryEvent.
constexpr Details details_of(EventType type) {
  using enum EventType;
  switch (type) {
    case ExecutionStarted:
      return {"executionStartedEventDetails", Shape::Input};
    case ExecutionSucceeded:
      return {"executionSucceededEventDetails", Shape::Output};
    case ExecutionFailed:
      return {"executionFailedEventDetails", Shape::Failure};
    case ExecutionAborted:
      return {"executionAbortedEventDetails", Shape::Failure};
    case ExecutionTimedOut:
      return {"executionTimedOutEventDetails", Shape::Failure};
    case ExecutionRedriven:
      return {"executionRedrivenEventDetails", Shape::Redriven};
    case PassStateEntered:
    case TaskStateEntered:
    case ChoiceStateEntered:
    case WaitStateEntered:
    case SucceedStateEntered:
    case FailStateEntered:
    case ParallelStateEntered:
    case MapStateEntered:
      return {"stateEnteredEventDetails", Shape::Entered};
    case PassStateExited:
    case TaskStateExited:
    case ChoiceStateExited:
    case WaitStateExited:
    case SucceedStateExited:
    case ParallelStateExited:
    case MapStateExited:
      return {"stateExitedEventDetails", Shape::Exited};
    case MapStateStarted:
      return {"mapStateStartedEventDetails", Shape::MapStarted};
    case MapIterationStarted:
      return {"mapIterationStartedEventDetails", Shape::Iteration};
    case MapIterationSucceeded:
      return {"mapIterationSucceededEventDetails", Shape::Iteration};
    case MapIterationFailed:
      return {"mapIterationFailedEventDetails", Shape::Iteration};
    case MapIterationAborted:
      return {"mapIterationAbortedEventDetails", Shape::Iteration};
    case MapRunStarted:
      return {"mapRunStartedEventDetails", Shape::MapRun};
    case MapRunFailed:
      return {"mapRunFailedEventDetails", Shape::Failure};
    case MapRunRedriven:
      return {"mapRunRedrivenEventDetails", Shape::MapRunRedriven};
    case TaskScheduled:
      return {"taskScheduledEventDetails", Shape::TaskScheduled};
    case TaskStarted:
      return {"taskStartedEventDetails", Shape::TaskStarted};
    case TaskStartFailed:
      return {"taskStartFailedEventDetails", Shape::TaskFailure};
    case TaskSubmitted:
      return {"taskSubmittedEventDetails", Shape::TaskOutput};
    case TaskSubmitFailed:
      return {"taskSubmitFailedEventDetails", Shape::TaskFailure};
    case TaskSucceeded:
      return {"taskSucceededEventDetails", Shape::TaskOutput};
    case TaskFailed:
      return {"taskFailedEventDetails", Shape::TaskFailure};
    case TaskTimedOut:
      return {"taskTimedOutEventDetails", Shape::TaskFailure};
    case LambdaFunctionScheduled:
      return {"lambdaFunctionScheduledEventDetails", Shape::LambdaScheduled};
    case LambdaFunctionScheduleFailed:
      return {"lambdaFunctionScheduleFailedEventDetails", Shape::Failure};
    case LambdaFunctionStartFailed:
      return {"lambdaFunctionStartFailedEventDetails", Shape::Failure};
    case LambdaFunctionSucceeded:
      return {"lambdaFunctionSucceededEventDetails", Shape::Output};
    case LambdaFunctionFailed:
      return {"lambdaFunctionFailedEventDetails", Shape::Failure};
    case LambdaFunctionTimedOut:
      return {"lambdaFunctionTimedOutEventDetails", Shape::Failure};
    case ActivityScheduled:
      return {"activityScheduledEventDetails", Shape::ActivityScheduled};
    case ActivityScheduleFailed:
      return {"activityScheduleFailedEventDetails", Shape::Failure};
    case ActivityStarted:
      return {"activityStartedEventDetails", Shape::ActivityStarted};
    case ActivitySucceeded:
      return {"activitySucceededEventDetails", Shape::Output};
    case ActivityFailed:
      return {"activityFailedEventDetails", Shape::Failure};
    case ActivityTimedOut:
      return {"activityTimedOutEventDetails", Shape::Failure};
    case EvaluationFailed:
      return {"evaluationFailedEventDetails", Shape::Evaluation};
    case TaskStateAborted:
    case WaitStateAborted:
    case ParallelStateStarted:
    case ParallelStateSucceeded:
    case ParallelStateFailed:
    case ParallelStateAborted:
    case MapStateSucceeded:
    case MapStateFailed:
    case MapStateAborted:
    case MapRunSucceeded:
    case MapRunAborted:
    case LambdaFunctionStarted:
      return {};
  }
  return {};
}

/// A short text in room of a fixed size, so that copying it takes a few moves and no loop.
struct Fragment {
  static constexpr std::size_t kRoom = 64;
  char text[kRoom] = {};
  std::size_t size = 0;

  constexpr void add(std::string_view piece) {
    for (const char c : piece) text[size++] = c;
  }
};

/// What is the same for all events of a type.
struct TypeText {
  Fragment type;     // ","type":"TaskScheduled","id":
  Fragment details;  // ,"taskScheduledEventDetails":{
  Shape shape = Shape::None;
};

constexpr TypeText text_of(EventType type, std::string_view name) {
  TypeText text;
  text.type.add("\",\"type\":\"");
  text.type.add(name);
  text.type.add("\",\"id\":");
  const Details details = details_of(type);
  text.details.add(",\"");
  text.details.add(details.member);
  text.details.add("\":{");
  text.shape = details.shape;
  return text;
}

constexpr TypeText kTypes[] = {
#define STEPGLASS_EVENT_TEXT(name) text_of(EventType::name, #name),
    STEPGLASS_EVENT_TYPES(STEPGLASS_EVENT_TEXT)
#undef STEPGLASS_EVENT_TEXT
};

void add(TextStage& stage, const Fragment& fragment) {
  std::memcpy(stage.room(Fragment::kRoom), fragment.text, Fragment::kRoom);
  stage.grow(fragment.size);
}

void add_string(TextStage& stage, std::string_view text) {
  add_json_string<JsonLevel::Plain>(stage, text);
}

/// Adds `,"name":"text"`, without the comma when it is the first member.
void add_member(TextStage& stage, bool& first, std::string_view name, std::string_view text) {
  stage.add(first ? std::string_view("\"") : std::string_view(",\""));
  first = false;
  stage.add(name);
  stage.add("\":");
  add_string(stage, text);
}

const EventDetails& more(const Event& event) {
  static const EventDetails kNone;
  return event.details ? *event.details : kNone;
}

const Resource* resource_of(const Event& event) {
  const Task* task = event.state ? std::get_if<Task>(&event.state->kind) : nullptr;
  return task ? &task->resource : nullptr;
}

}  // namespace

void HistoryWriter::forget() {
  json_.forget();
}

void HistoryWriter::add_time(std::int64_t time_ms) {
  if (time_ms != time_ms_) {
    time_ms_ = time_ms;
    time_.clear();
    append_timestamp(time_, std::chrono::milliseconds(time_ms), TimestampFraction::Always);
  }
  stage_.add(std::string_view(time_));
}

void HistoryWriter::add_data(std::string_view name, const Value& value) {
  stage_.add('"');
  stage_.add(name);
  stage_.add("\":");
  json_.add(value);
}

void HistoryWriter::add_output(const Value& value) {
  stage_.add("\"output\":");
  json_.add(value);
  stage_.add(R"(,"outputDetails":{"truncated":false})");
}

void HistoryWriter::add_failure(const Event& event, bool& first) {
  const Failure& failure = more(event).failure;
  if (failure.error) add_member(stage_, first, "error", *failure.error);
  if (failure.cause) add_member(stage_, first, "cause", *failure.cause);
}

void HistoryWriter::add_resource(const Event& event, bool& first) {
  const Resource* resource = resource_of(event);
  if (!resource) return;
  add_member(stage_, first, "resourceType", resource->service);
  add_member(stage_, first, "resource", resource->event_resource);
}

void HistoryWriter::add_timeouts(const EventDetails& details) {
  if (details.timeout_seconds) {
    stage_.add(",\"timeoutInSeconds\":");
    stage_.add_integer(*details.timeout_seconds);
  }
  if (details.heartbeat_seconds) {
    stage_.add(",\"heartbeatInSeconds\":");
    stage_.add_integer(*details.heartbeat_seconds);
  }
  if (!details.credentials_role.empty()) {
    stage_.add(",\"taskCredentials\":{\"roleArn\":");
    add_string(stage_, details.credentials_role);
    stage_.add('}');
  }
}

void HistoryWriter::add_details(const Event& event) {
  const TypeText& text = kTypes[static_cast<std::size_t>(event.type)];
  if (text.shape == Shape::None) return;
  const std::string_view state = event.state ? std::string_view(event.state->name) : std::string_view();
  add(stage_, text.details);
  bool first = true;
  const auto add_input = [&] {
    // The first events show the caller's own text, with its spaces (recorded).
    if (more(event).input_text.empty()) {
      add_data("input", event.data);
    } else {
      stage_.add("\"input\":");
      add_string(stage_, more(event).input_text);
    }
    stage_.add(R"(,"inputDetails":{"truncated":false})");
  };
  switch (text.shape) {
    case Shape::None:
      break;
    case Shape::Input:
      add_input();
      first = false;
      add_member(stage_, first, "roleArn", execution_.role_arn);
      break;
    case Shape::Output:
      add_output(event.data);
      break;
    case Shape::Failure:
      add_failure(event, first);
      break;
    case Shape::Redriven:
      stage_.add("\"redriveCount\":");
      add_json_scalar(stage_, event.data, NumberStyle::Java, scratch_);
      break;
    case Shape::Entered:
      add_member(stage_, first, "name", state);
      stage_.add(',');
      add_input();
      break;
    case Shape::Exited: {
      add_member(stage_, first, "name", state);
      stage_.add(',');
      add_output(event.data);
      if (!more(event).assigned.is_object()) break;
      stage_.add(",\"assignedVariables\":{");
      bool first_variable = true;
      for (const Member& member : more(event).assigned.members()) {
        if (!first_variable) stage_.add(',');
        first_variable = false;
        add_string(stage_, member.key);
        stage_.add(':');
        json_.add(member.value);
      }
      stage_.add(R"(},"assignedVariablesDetails":{"truncated":false})");
      break;
    }
    case Shape::MapStarted:
      stage_.add("\"length\":");
      add_json_scalar(stage_, event.data, NumberStyle::Java, scratch_);
      break;
    case Shape::Iteration:
      add_member(stage_, first, "name", state);
      stage_.add(",\"index\":");
      add_json_scalar(stage_, event.data, NumberStyle::Java, scratch_);
      break;
    case Shape::MapRun:
      add_member(stage_, first, "mapRunArn", more(event).map_run_arn);
      break;
    case Shape::MapRunRedriven:
      add_member(stage_, first, "mapRunArn", more(event).map_run_arn);
      stage_.add(",\"redriveCount\":");
      add_json_scalar(stage_, event.data, NumberStyle::Java, scratch_);
      break;
    case Shape::TaskScheduled:
      add_resource(event, first);
      add_member(stage_, first, "region", region_);
      stage_.add(',');
      add_data("parameters", event.data);
      add_timeouts(more(event));
      break;
    case Shape::TaskStarted:
      add_resource(event, first);
      break;
    case Shape::TaskFailure:
      add_resource(event, first);
      add_failure(event, first);
      break;
    case Shape::TaskOutput:
      add_resource(event, first);
      if (!first) stage_.add(',');
      add_output(event.data);
      break;
    case Shape::LambdaScheduled:
    case Shape::ActivityScheduled:
      if (const Resource* resource = resource_of(event)) add_member(stage_, first, "resource", resource->arn);
      if (!first) stage_.add(',');
      add_input();
      add_timeouts(more(event));
      break;
    case Shape::ActivityStarted:
      if (!more(event).worker_name.empty()) add_member(stage_, first, "workerName", more(event).worker_name);
      break;
    case Shape::Evaluation:
      add_failure(event, first);
      if (!more(event).location.empty()) add_member(stage_, first, "location", more(event).location);
      add_member(stage_, first, "state", state);
      break;
  }
  stage_.add('}');
}

void HistoryWriter::append(std::uint32_t id) {
  const Event& event = execution_.history[id];
  stage_.add("{\"timestamp\":\"");
  add_time(event.time_ms);
  add(stage_, kTypes[static_cast<std::size_t>(event.type)].type);
  stage_.add_integer(id);
  stage_.add(",\"previousEventId\":");
  stage_.add_integer(event.previous);
  add_details(event);
  stage_.add('}');
  stage_.flush();
}

bool append_history_json(std::string& out, const Execution& execution, std::string_view region, std::size_t max_bytes) {
  // The first events tell how much room the others will take: growing by doubling would copy all of them several times.
  constexpr std::uint32_t kSample = 64;
  constexpr std::size_t kMostReserved = 32u << 20;
  const std::size_t start = out.size();
  out += '[';
  if (execution.history.keeps()) {
    HistoryWriter writer(out, execution, region);
    const std::uint32_t size = execution.history.size();
    for (std::uint32_t id = 1; id <= size; ++id) {
      if (id > 1) out += ',';
      writer.append(id);
      if (out.size() > max_bytes) return false;
      if (id == kSample) {
        const std::size_t mean = (out.size() - start) / kSample + 4;  // ids grow by some digits
        out.reserve(out.size() + std::min({mean * (size - kSample), max_bytes - out.size(), kMostReserved}));
      }
    }
  }
  out += ']';
  return true;
}

}  // namespace stepglass::analysis
