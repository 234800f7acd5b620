// Attempts of Task states: what is scheduled, what the world answers, and which events tell of it.

#include <fmt/format.h>

#include <algorithm>

#include "engine/interpreter/parameters.h"
#include "engine/interpreter/runner.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

/// The events of an attempt, by the kind of resource.
struct AttemptEvents {
  EventType scheduled, schedule_failed, started, start_failed, succeeded, failed, timed_out;
};
constexpr AttemptEvents kLambdaEvents = {EventType::LambdaFunctionScheduled, EventType::LambdaFunctionScheduleFailed,
                                         EventType::LambdaFunctionStarted,   EventType::LambdaFunctionStartFailed,
                                         EventType::LambdaFunctionSucceeded, EventType::LambdaFunctionFailed,
                                         EventType::LambdaFunctionTimedOut};
constexpr AttemptEvents kActivityEvents = {EventType::ActivityScheduled, EventType::ActivityScheduleFailed,
                                           EventType::ActivityStarted,   EventType::ActivityScheduleFailed,
                                           EventType::ActivitySucceeded, EventType::ActivityFailed,
                                           EventType::ActivityTimedOut};
constexpr AttemptEvents kTaskEvents = {EventType::TaskScheduled,   EventType::TaskStartFailed, EventType::TaskStarted,
                                       EventType::TaskStartFailed, EventType::TaskSucceeded,   EventType::TaskFailed,
                                       EventType::TaskTimedOut};

const AttemptEvents& events_of(const Resource& resource) {
  switch (resource.kind) {
    case Resource::Kind::Lambda:
      return kLambdaEvents;
    case Resource::Kind::Activity:
      return kActivityEvents;
    default:
      return kTaskEvents;
  }
}

bool is_timeout(EventType type) {
  return type == EventType::TaskTimedOut || type == EventType::LambdaFunctionTimedOut ||
         type == EventType::ActivityTimedOut;
}

/// Index of the item of the innermost Map around a strand.
template <typename Strand>
std::optional<std::uint64_t> iteration_of(const Strand& strand) {
  for (const Strand* s = &strand; s->group; s = s->group->owner) {
    if (s->group->is_map) return s->index;
  }
  return std::nullopt;
}

}  // namespace

bool Runner::start_attempt(Strand& strand) {
  const State& state = *strand.state;
  const Task& task = std::get<Task>(state.kind);
  const Resource& resource = task.resource;
  const AttemptEvents& types = events_of(resource);
  // Each attempt has a token of its own.
  if (resource.pattern == Resource::Pattern::WaitForTaskToken || resource.kind == Resource::Kind::Activity ||
      resource.pattern == Resource::Pattern::Sync) {
    strand.task_token = random_.uuid();
  } else {
    strand.task_token.clear();
  }
  View view(*this, strand);
  const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  auto effective = apply_template(visit, task.parameters, *selected);
  if (!effective) return fail(strand, {std::move(effective).error()}, strand.last_event);
  visit.stage(state.language == QueryLanguage::JSONata ? "afterArguments" : "afterParameters", *effective);
  auto timeout = seconds_field(visit, task.timeout_seconds, "TimeoutSeconds", *selected);
  if (!timeout) return fail(strand, {std::move(timeout).error()}, strand.last_event);
  auto heartbeat = seconds_field(visit, task.heartbeat_seconds, "HeartbeatSeconds", *selected);
  if (!heartbeat) return fail(strand, {std::move(heartbeat).error()}, strand.last_event);
  Result<Value, Failure> credentials = Value();
  if (task.credentials.index() != 0) credentials = apply_template(visit, task.credentials, *selected);
  if (!credentials) return fail(strand, {std::move(credentials).error()}, strand.last_event);
  strand.effective = *std::move(effective);
  if (auto problem = parameter_problem(resource, strand.effective)) {
    return fail(strand, {runtime_failure(visit, *problem)}, strand.last_event);
  }

  Event& scheduled = emit(types.scheduled, strand.last_event);
  scheduled.state = &state;
  scheduled.data = strand.effective;
  if (*timeout) scheduled.more().timeout_seconds = **timeout;
  if (*heartbeat) scheduled.more().heartbeat_seconds = **heartbeat;
  if (const Value* role = credentials->find("RoleArn"); role && role->is_string()) {
    scheduled.more().credentials_role = role->as_string();
  }
  strand.last_event = last_id();
  if (done_) return false;

  auto answer = ask(strand, task);
  if (!answer) {
    stop(RunStopped::Reason::MissingMock, state, std::move(answer).error().message);
    return false;
  }
  if (done_) return false;
  const std::optional<EventType> closing = answer->closing_event;
  if (closing != types.schedule_failed && closing != types.start_failed) {
    Event& started = emit(types.started, strand.last_event);
    started.state = &state;
    if (!answer->worker_name.empty()) started.more().worker_name = answer->worker_name;
    strand.last_event = last_id();
    if (resource.waits_for_submission() && answer->submitted && closing != EventType::TaskSubmitFailed) {
      Event& submitted = emit(EventType::TaskSubmitted, strand.last_event);
      submitted.state = &state;
      submitted.data = *answer->submitted;
      strand.last_event = last_id();
    }
  }
  // The timers run from the start of the task. Source: spec, "Timeouts".
  std::int64_t duration_ms = answer->duration ? answer->duration->count() : 0;
  auto attempt = std::make_unique<Attempt>();
  const bool says_timeout = closing && is_timeout(*closing);
  std::optional<std::int64_t> limit_ms;
  if (*timeout) limit_ms = **timeout * 1000;
  if (*heartbeat && says_timeout && (!limit_ms || **heartbeat * 1000 < *limit_ms)) {
    // A worker sends its heartbeats unless the answer is a timeout: then the heartbeat, which is shorter, was missed.
    limit_ms = **heartbeat * 1000;
    attempt->missed_heartbeat = true;
  }
  if (limit_ms && (says_timeout || duration_ms > *limit_ms)) {
    if (!says_timeout || !answer->duration) duration_ms = *limit_ms;
    attempt->timed_out = true;
  }
  if (says_timeout) attempt->timed_out = true;
  attempt->answer = *std::move(answer);
  strand.attempt = std::move(attempt);
  schedule(strand, duration_ms, Step::EndAttempt);
  return false;
}

Result<TaskAnswer, NoAnswer> Runner::ask(Strand& strand, const Task& task) {
  if (task.resource.service == "states" && task.resource.action == "startExecution") {
    if (auto answer = nested_execution(task, strand.effective)) return *std::move(answer);
  }
  std::optional<std::uint64_t> iteration = iteration_of(strand);
  if (!iteration) iteration = iteration_;
  return budget_.world.answer({*strand.state, task, strand.effective, strand.retry_count, iteration});
}

bool Runner::end_attempt(Strand& strand) {
  const State& state = *strand.state;
  const Task& task = std::get<Task>(state.kind);
  const AttemptEvents& types = events_of(task.resource);
  const std::unique_ptr<Attempt> attempt = std::move(strand.attempt);
  const TaskAnswer& answer = attempt->answer;

  std::optional<Failure> failure;
  EventType type = types.succeeded;
  if (attempt->timed_out) {
    failure = Failure{"States.Timeout", std::nullopt};
    if (const auto* given = std::get_if<Failure>(&answer.outcome); given && given->cause) failure->cause = given->cause;
    type = types.timed_out;
  } else if (const auto* given = std::get_if<Failure>(&answer.outcome)) {
    failure = *given;
    type = answer.closing_event && *answer.closing_event != types.succeeded ? *answer.closing_event : types.failed;
  } else if (const Value& result = std::get<Value>(answer.outcome); json_size(result) > kMaxPayloadBytes) {
    failure =
        data_limit_failure(task.resource.kind == Resource::Kind::Lambda ? task.resource.arn : task.resource.service);
    type = types.failed;
  }
  Event& event = emit(type, strand.last_event);
  event.state = &state;
  if (failure) {
    event.more().failure = *failure;
  } else {
    event.data = std::get<Value>(answer.outcome);
  }
  strand.last_event = last_id();
  if (done_) return false;
  if (failure) return fail(strand, {*std::move(failure), attempt->missed_heartbeat}, strand.last_event);

  View view(*this, strand);
  const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
  const Value& result = std::get<Value>(answer.outcome);
  visit.stage("result", result);
  auto completion = complete(visit, result);
  if (!completion) return fail(strand, {std::move(completion).error()}, strand.last_event);
  return leave(strand, *std::move(completion), state.next ? state.next->state : nullptr);
}

// ------------------------------------------------------------------------------------------------- nested executions

std::optional<TaskAnswer> Runner::nested_execution(const Task& task, const Value& parameters) {
  const Value* arn = parameters.find("StateMachineArn");
  const StateMachine* machine = arn && arn->is_string() ? budget_.world.state_machine(arn->as_string()) : nullptr;
  if (!machine) return std::nullopt;
  if (nesting_ + 1 > kMaxExecutionNesting) {
    stopped_ = RunStopped{RunStopped::Reason::ExecutionLimit, "",
                          fmt::format("executions start each other more than {} deep", kMaxExecutionNesting)};
    done_ = true;
    return TaskAnswer{};
  }
  const std::string machine_arn(arn->as_string());
  RunOptions options = options_of_child(options_);
  options.start = std::chrono::milliseconds(now_ms_);
  options.seed = random_.next();
  options.identity.machine = machine_arn.substr(machine_arn.rfind(':') + 1);
  options.identity.execution.clear();
  if (const Value* name = parameters.find("Name"); name && name->is_string()) {
    options.identity.execution = name->as_string();
  }
  const Value* input = parameters.find("Input");
  options.input = input ? *input : Value::empty_object();
  auto outcome = Runner(*machine, machine->scope, options, budget_, nesting_ + 1).run();
  if (!outcome) {
    stopped_ = std::move(outcome).error();
    done_ = true;
    return TaskAnswer{};
  }
  const Execution& child = *outcome;
  result_.transitions += child.transitions;
  const std::string name = child.arn.substr(child.arn.rfind(':') + 1);

  ObjectBuilder started(2);
  started.set("ExecutionArn", Value(child.arn));
  started.set("StartDate", Value(static_cast<std::int64_t>(now_ms_)));
  TaskAnswer answer;
  if (task.resource.pattern == Resource::Pattern::RequestResponse) {
    answer.outcome = std::move(started).build();
    return answer;
  }
  answer.submitted = std::move(started).build();
  answer.duration = child.duration;

  // DescribeExecution in PascalCase, keys in alphabetical order, dates in milliseconds. Source: measured.
  const bool parsed = task.resource.pattern == Resource::Pattern::Sync2;
  const bool succeeded = child.status == ExecutionStatus::Succeeded;
  const auto included = [] {
    ObjectBuilder details(1);
    details.set("Included", Value(true));
    return std::move(details).build();
  };
  const auto as_text = [](const Value& value) { return Value(to_json(value)); };
  ObjectBuilder description(14);
  if (child.failure.cause) description.set("Cause", Value(*child.failure.cause));
  if (child.failure.error) description.set("Error", Value(*child.failure.error));
  description.set("ExecutionArn", Value(child.arn));
  description.set("Input", parsed && succeeded ? options.input : as_text(options.input));
  description.set("InputDetails", included());
  description.set("Name", Value(name));
  if (succeeded) {
    description.set("Output", parsed ? child.output : as_text(child.output));
    description.set("OutputDetails", included());
  }
  description.set("RedriveCount", Value(0));
  description.set("RedriveStatus", Value(succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE"));
  if (succeeded) {
    description.set("RedriveStatusReason", Value("Execution is SUCCEEDED and cannot be redriven"));
  }
  description.set("StartDate", Value(static_cast<std::int64_t>(now_ms_)));
  description.set("StateMachineArn", Value(machine_arn));
  description.set("Status", Value(execution_status_name(child.status)));
  description.set("StopDate", Value(static_cast<std::int64_t>(now_ms_ + child.duration.count())));
  Value description_value = std::move(description).build();
  if (succeeded) {
    answer.outcome = std::move(description_value);
  } else {
    answer.outcome = Failure{"States.TaskFailed", to_json(description_value)};
  }
  return answer;
}

}  // namespace stepglass
