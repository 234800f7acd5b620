#include "analysis/report/history.h"

#include <charconv>

#include "engine/model/state.h"
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
Details details_of(EventType type) {
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

constexpr std::string_view kWhole = R"({"truncated":false})";

template <typename Integer>
void append_integer(std::string& out, Integer number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end.ptr);
}

/// Appends `,"name":"text"`, without the comma when it is the first member.
void append_member(std::string& out, bool& first, std::string_view name, std::string_view text) {
  if (!first) out += ',';
  first = false;
  out += '"';
  out += name;
  out += "\":";
  append_json_string(out, text);
}

const EventDetails& more(const Event& event) {
  static const EventDetails kNone;
  return event.details ? *event.details : kNone;
}

const Resource* resource_of(const Event& event) {
  const Task* task = event.state ? std::get_if<Task>(&event.state->kind) : nullptr;
  return task ? &task->resource : nullptr;
}

void append_two_digits(std::string& out, unsigned number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

}  // namespace

void append_rfc3339(std::string& out, std::int64_t milliseconds) {
  std::int64_t seconds = milliseconds / 1000;
  std::int64_t fraction = milliseconds % 1000;
  if (fraction < 0) {
    fraction += 1000;
    --seconds;
  }
  std::int64_t days = seconds / 86'400;
  std::int64_t rest = seconds % 86'400;
  if (rest < 0) {
    rest += 86'400;
    --days;
  }
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  const int year = static_cast<int>(date.year());
  if (year >= 1000 || year < 0) {
    append_integer(out, year);
  } else {
    out += '0';
    out += static_cast<char>('0' + year / 100);
    append_two_digits(out, static_cast<unsigned>(year % 100));
  }
  out += '-';
  append_two_digits(out, static_cast<unsigned>(date.month()));
  out += '-';
  append_two_digits(out, static_cast<unsigned>(date.day()));
  out += 'T';
  append_two_digits(out, static_cast<unsigned>(rest / 3600));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(rest / 60 % 60));
  out += ':';
  append_two_digits(out, static_cast<unsigned>(rest % 60));
  out += '.';
  out += static_cast<char>('0' + fraction / 100);
  append_two_digits(out, static_cast<unsigned>(fraction % 100));
  out += 'Z';
}

void HistoryWriter::forget() {
  for (Written& written : written_) written = Written();
}

void HistoryWriter::append_timestamp(std::int64_t time_ms) {
  if (time_ms != time_ms_) {
    time_ms_ = time_ms;
    time_.clear();
    append_rfc3339(time_, time_ms);
  }
  out_ += time_;
}

/// The value as JSON text inside a JSON string.
void HistoryWriter::append_json_text(const Value& value) {
  if (value.kind() < Value::Kind::String) {
    // Numbers, true, false and null have nothing to escape and are shorter than a look-up.
    out_ += '"';
    append_json(out_, value);
    out_ += '"';
    return;
  }
  for (const Written& written : written_) {
    if (written.end != 0 && written.value.is_same(value)) {
      out_.append(out_, written.begin, written.end - written.begin);
      return;
    }
  }
  scratch_.clear();
  append_json(scratch_, value);
  const std::size_t begin = out_.size();
  append_json_string(out_, scratch_);
  Written& slot = written_[next_++ % kRemembered];
  slot.value = value;
  slot.begin = begin;
  slot.end = out_.size();
}

void HistoryWriter::append_data(std::string_view name, const Value& value) {
  out_ += '"';
  out_ += name;
  out_ += "\":";
  append_json_text(value);
}

void HistoryWriter::append_output(const Value& value) {
  append_data("output", value);
  out_ += ",\"outputDetails\":";
  out_ += kWhole;
}

void HistoryWriter::append_failure(const Event& event, bool& first) {
  const Failure& failure = more(event).failure;
  if (failure.error) append_member(out_, first, "error", *failure.error);
  if (failure.cause) append_member(out_, first, "cause", *failure.cause);
}

void HistoryWriter::append_resource(const Event& event, bool& first) {
  const Resource* resource = resource_of(event);
  if (!resource) return;
  append_member(out_, first, "resourceType", resource->service);
  append_member(out_, first, "resource", resource->event_resource);
}

void HistoryWriter::append_timeouts(const EventDetails& details) {
  if (details.timeout_seconds) {
    out_ += ",\"timeoutInSeconds\":";
    append_integer(out_, *details.timeout_seconds);
  }
  if (details.heartbeat_seconds) {
    out_ += ",\"heartbeatInSeconds\":";
    append_integer(out_, *details.heartbeat_seconds);
  }
  if (!details.credentials_role.empty()) {
    out_ += ",\"taskCredentials\":{\"roleArn\":";
    append_json_string(out_, details.credentials_role);
    out_ += '}';
  }
}

void HistoryWriter::append_details(const Event& event) {
  const Details details = details_of(event.type);
  if (details.shape == Shape::None) return;
  const std::string_view state = event.state ? std::string_view(event.state->name) : std::string_view();
  out_ += ",\"";
  out_ += details.member;
  out_ += "\":{";
  bool first = true;
  const auto append_input = [&] {
    // The first events show the caller's own text, with its spaces (recorded).
    if (more(event).input_text.empty()) {
      append_data("input", event.data);
    } else {
      out_ += "\"input\":";
      append_json_string(out_, more(event).input_text);
    }
    out_ += ",\"inputDetails\":";
    out_ += kWhole;
  };
  switch (details.shape) {
    case Shape::None:
      break;
    case Shape::Input:
      append_input();
      first = false;
      append_member(out_, first, "roleArn", execution_.role_arn);
      break;
    case Shape::Output:
      append_output(event.data);
      break;
    case Shape::Failure:
      append_failure(event, first);
      break;
    case Shape::Redriven:
      out_ += "\"redriveCount\":";
      append_json(out_, event.data);
      break;
    case Shape::Entered:
      append_member(out_, first, "name", state);
      out_ += ',';
      append_input();
      break;
    case Shape::Exited: {
      append_member(out_, first, "name", state);
      out_ += ',';
      append_output(event.data);
      if (!more(event).assigned.is_object()) break;
      out_ += ",\"assignedVariables\":{";
      bool first_variable = true;
      for (const Member& member : more(event).assigned.members()) {
        if (!first_variable) out_ += ',';
        first_variable = false;
        append_json_string(out_, member.key);
        out_ += ':';
        append_json_text(member.value);
      }
      out_ += "},\"assignedVariablesDetails\":";
      out_ += kWhole;
      break;
    }
    case Shape::MapStarted:
      out_ += "\"length\":";
      append_json(out_, event.data);
      break;
    case Shape::Iteration:
      append_member(out_, first, "name", state);
      out_ += ",\"index\":";
      append_json(out_, event.data);
      break;
    case Shape::MapRun:
      append_member(out_, first, "mapRunArn", more(event).map_run_arn);
      break;
    case Shape::MapRunRedriven:
      append_member(out_, first, "mapRunArn", more(event).map_run_arn);
      out_ += ",\"redriveCount\":";
      append_json(out_, event.data);
      break;
    case Shape::TaskScheduled:
      append_resource(event, first);
      append_member(out_, first, "region", region_);
      out_ += ',';
      append_data("parameters", event.data);
      append_timeouts(more(event));
      break;
    case Shape::TaskStarted:
      append_resource(event, first);
      break;
    case Shape::TaskFailure:
      append_resource(event, first);
      append_failure(event, first);
      break;
    case Shape::TaskOutput:
      append_resource(event, first);
      if (!first) out_ += ',';
      append_output(event.data);
      break;
    case Shape::LambdaScheduled:
    case Shape::ActivityScheduled:
      if (const Resource* resource = resource_of(event)) append_member(out_, first, "resource", resource->arn);
      if (!first) out_ += ',';
      append_input();
      append_timeouts(more(event));
      break;
    case Shape::ActivityStarted:
      if (!more(event).worker_name.empty()) append_member(out_, first, "workerName", more(event).worker_name);
      break;
    case Shape::Evaluation:
      append_failure(event, first);
      if (!more(event).location.empty()) append_member(out_, first, "location", more(event).location);
      append_member(out_, first, "state", state);
      break;
  }
  out_ += '}';
}

void HistoryWriter::append(std::uint32_t id) {
  const Event& event = execution_.history[id];
  out_ += "{\"timestamp\":\"";
  append_timestamp(event.time_ms);
  out_ += "\",\"type\":\"";
  out_ += event_type_name(event.type);
  out_ += "\",\"id\":";
  append_integer(out_, id);
  out_ += ",\"previousEventId\":";
  append_integer(out_, event.previous);
  append_details(event);
  out_ += '}';
}

bool append_history_json(std::string& out, const Execution& execution, std::string_view region, std::size_t max_bytes) {
  out += '[';
  if (execution.history.keeps()) {
    HistoryWriter writer(out, execution, region);
    for (std::uint32_t id = 1; id <= execution.history.size(); ++id) {
      if (id > 1) out += ',';
      writer.append(id);
      if (out.size() > max_bytes) return false;
    }
  }
  out += ']';
  return true;
}

}  // namespace stepglass::analysis
