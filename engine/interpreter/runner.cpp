#include "engine/interpreter/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/hash.h"
#include "engine/support/match.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

constexpr std::int64_t kStandardLifetimeMs = 31'536'000'000;  // a year. Source: service quota
constexpr std::int64_t kExpressLifetimeMs = kMaxExpressSeconds * 1000;
/// Seconds that a Wait state can wait: what a 32-bit number of seconds holds. Recorded: 24,855 days work, 24,856 fail.
constexpr std::int64_t kMaxWaitSeconds = 2'147'483'647;

/// …StateEntered and …StateExited by the index of the state's kind.
constexpr EventType kEntered[] = {EventType::PassStateEntered,     EventType::TaskStateEntered,
                                  EventType::ChoiceStateEntered,   EventType::WaitStateEntered,
                                  EventType::SucceedStateEntered,  EventType::FailStateEntered,
                                  EventType::ParallelStateEntered, EventType::MapStateEntered};
constexpr EventType kExited[] = {
    EventType::PassStateExited,     EventType::TaskStateExited,
    EventType::ChoiceStateExited,   EventType::WaitStateExited,
    EventType::SucceedStateExited,  EventType::FailStateEntered,  // a Fail state has no exit
    EventType::ParallelStateExited, EventType::MapStateExited};

/// True when the state hands its input on as it is.
bool is_plain(const State& state) {
  const auto is_whole = [](const DataPath& path) { return !path.query && !path.call && !path.discards; };
  return is_whole(state.input_path) && is_whole(state.output_path) && !state.assign && !state.output;
}

std::uint64_t bytes_of(const Value& variables) {
  return variables.is_null() ? 0 : json_size(variables);
}

}  // namespace

std::string_view execution_status_name(ExecutionStatus status) {
  constexpr std::string_view kStatusNames[] = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING"};
  return kStatusNames[static_cast<std::size_t>(status)];
}

void Inspector::rule(const State&, std::uint32_t, std::size_t) {}
void Inspector::retried(const State&, std::uint32_t, std::size_t) {}
void Inspector::caught(const State&, std::uint32_t, std::size_t) {}

const StoredObject* World::object(std::string_view, std::string_view) {
  return nullptr;
}
std::vector<const StoredObject*> World::objects(std::string_view, std::string_view) {
  return {};
}
const StateMachine* World::state_machine(std::string_view) {
  return nullptr;
}

Result<Execution, RunStopped> run(const StateMachine& machine, World& world, const RunOptions& options) {
  RunBudget budget{world, options.max_transitions, kMaxChildExecutions, options.max_steps};
  return Runner(machine, machine.scope, options, budget, 0).run();
}

RunOptions options_of_child(const RunOptions& options) {
  RunOptions child = options;
  child.input_text.clear();
  child.context = Value();
  child.inspector = nullptr;
  child.keep_history = false;
  child.pause = {};
  child.changes.clear();
  return child;
}

Runner::Runner(const StateMachine& machine, const Scope& scope, const RunOptions& options, RunBudget& budget,
               std::uint32_t nesting)
    : machine_(machine),
      scope_(scope),
      options_(options),
      budget_(budget),
      nesting_(nesting),
      details_(options.keep_history),
      random_(options.seed),
      now_ms_(options.start.count()),
      max_events_(machine.type == MachineType::Standard ? options.max_events : 0),
      history_(options.keep_history) {
  const Identity& identity = options.identity;
  Random names(hash_text(identity.machine, options.seed ^ kHashStart));
  execution_name_ = identity.execution.empty() ? names.uuid() : identity.execution;
  const bool express = machine.type == MachineType::Express;
  execution_arn_ = fmt::format("arn:aws:states:{}:{}:{}:{}:{}", identity.region, identity.account,
                               express ? "express" : "execution", identity.machine, execution_name_);
  if (express) execution_arn_ += ":" + names.uuid();
  std::int64_t lifetime = express ? kExpressLifetimeMs : kStandardLifetimeMs;
  if (machine.timeout_seconds) lifetime = std::min(lifetime, *machine.timeout_seconds * 1000);
  deadline_ms_ = now_ms_ + lifetime;
}

// ------------------------------------------------------------------------------------------------ clock and events

Result<Execution, RunStopped> Runner::run() {
  Event& started = emit(EventType::ExecutionStarted, 0);
  started.data = options_.input;
  started.more().input_text = options_.input_text;
  Strand& main = new_strand(scope_, options_.input, nullptr, 0, 0);
  make_ready(main);
  while (!done_) {
    if (!ready_.empty()) {
      const Ready next = ready_.front();
      ready_.pop_front();
      if (next.strand->generation != next.generation) continue;
      // Alone, a strand goes on without a turn in the queue.
      while (advance(*next.strand)) {
        if (done_) break;
        if (!ready_.empty()) {
          make_ready(*next.strand);
          break;
        }
      }
      continue;
    }
    const Timer timer = timers_.top();
    if (timer.time_ms > deadline_ms_) {
      now_ms_ = deadline_ms_;
      time_out_execution();
      break;
    }
    timers_.pop();
    if (timer.strand->generation != timer.generation) continue;
    now_ms_ = timer.time_ms;
    make_ready(*timer.strand);
  }
  if (stopped_) {
    if (!options_.pause.stopped) return *std::move(stopped_);
    result_.status = ExecutionStatus::Running;
    result_.stopped = std::move(stopped_);
  }
  for (Strand& strand : strands_) cut_map_run(strand);
  while (changes_read_ < options_.changes.size()) {
    result_.unused_changes.push_back(options_.changes[changes_read_++].event);
  }
  result_.transitions += transitions_;
  result_.duration = std::chrono::milliseconds(now_ms_ - options_.start.count());
  result_.history = std::move(history_);
  result_.arn = execution_arn_;
  result_.role_arn = options_.identity.role_arn;
  return std::move(result_);
}

Event& Runner::emit(EventType type, std::uint32_t previous) {
  if (max_events_ != 0 && !done_ && history_.size() + 1 >= max_events_ && type != EventType::ExecutionSucceeded &&
      type != EventType::ExecutionFailed && type != EventType::ExecutionTimedOut) {
    // The event does not fit: the last one says so instead. Source: measured, the 25,000th event is ExecutionFailed.
    fail_execution({"States.Runtime",
                    fmt::format("The execution reached the maximum number of history events ({}).", max_events_)},
                   history_.size());
  }
  if (done_) {
    ignored_ = Event();
    return ignored_;
  }
  Event& event = history_.add(type, previous, now_ms_);
  // The caller fills the event in and finds the run ended. An execution that ends does not pause.
  const bool ends = type == EventType::ExecutionSucceeded || type == EventType::ExecutionTimedOut;
  if (!ends && (history_.size() == options_.pause.event || (pauses_next_ && history_.size() > options_.pause.after))) {
    pause();
  }
  return event;
}

void Runner::pause() {
  done_ = true;
  result_.status = ExecutionStatus::Running;
}

void Runner::pause_at_state(const State& state) {
  const PauseAt& at = options_.pause;
  if (done_ || last_id() <= at.after) return;
  const bool stops = (at.choice && std::holds_alternative<Choice>(state.kind)) ||
                     std::find(at.states.begin(), at.states.end(), state.name) != at.states.end();
  if (stops) pause();
}

void Runner::pause_at_failure(std::uint32_t event) {
  if (!options_.pause.error) return;
  if (event <= options_.pause.after) {
    // It was paused there before, when nothing had failed yet: the next event tells of the failure.
    pauses_next_ = history_.keeps() && !is_failure(history_[event].type);
  } else if (event == last_id()) {
    pause();
  }
}

const Change* Runner::next_change() {
  const std::vector<Change>& changes = options_.changes;
  const std::uint32_t next = last_id() + 1;
  while (changes_read_ < changes.size() && changes[changes_read_].event < next) {
    result_.unused_changes.push_back(changes[changes_read_++].event);
  }
  return changes_read_ < changes.size() && changes[changes_read_].event == next ? &changes[changes_read_] : nullptr;
}

bool Runner::change(Strand& strand, Value& data) {
  const Change* change = next_change();
  if (!change) return false;
  ++changes_read_;
  data = change->data;
  if (!change->variables.is_null()) {
    variable_bytes_ += bytes_of(change->variables) - bytes_of(strand.variables);
    strand.variables = change->variables;
  }
  return true;
}

void Runner::succeed_execution(Strand& strand, Value output) {
  emit(EventType::ExecutionSucceeded, strand.last_event).data = output;
  if (done_) return;
  done_ = true;
  result_.status = ExecutionStatus::Succeeded;
  result_.output = std::move(output);
}

void Runner::fail_execution(Failure failure, std::uint32_t previous) {
  if (done_) return;
  history_.add(EventType::ExecutionFailed, previous, now_ms_).more().failure = failure;
  done_ = true;
  result_.status = ExecutionStatus::Failed;
  result_.failure = std::move(failure);
}

void Runner::time_out_execution() {
  emit(EventType::ExecutionTimedOut, 0).more().failure.error = "States.Timeout";
  done_ = true;
  result_.status = ExecutionStatus::TimedOut;
}

void Runner::stop(RunStopped::Reason reason, const State& state, std::string message) {
  if (done_) return;
  done_ = true;
  stopped_ = RunStopped{reason, state.name, std::move(message)};
}

bool Runner::stop_without_steps(const State& state) {
  if (budget_.steps_left != 0) return false;
  stop(RunStopped::Reason::StepLimit, state,
       fmt::format(
           "what the run evaluates took more than {} steps together, in state \"{}\"; give it less data or fewer "
           "turns",
           options_.max_steps, state.name));
  return true;
}

void Runner::schedule(Strand& strand, std::int64_t delay_ms, Step step) {
  strand.step = step;
  if (delay_ms <= 0) {
    make_ready(strand);
  } else {
    timers_.push({now_ms_ + delay_ms, ++timers_made_, &strand, strand.generation});
  }
}

// ----------------------------------------------------------------------------------------------------------- strands

Runner::Strand& Runner::new_strand(const Scope& scope, Value input, Group* group, std::uint32_t index,
                                   std::uint32_t previous) {
  Strand* strand = nullptr;
  if (free_.empty()) {
    strand = &strands_.emplace_back();
  } else {
    strand = free_.back();
    free_.pop_back();
  }
  strand->state = scope.start_at.state;
  strand->input = std::move(input);
  strand->last_event = previous;
  strand->step = Step::Enter;
  strand->open = false;
  strand->group = group;
  strand->index = index;
  if (group) {
    strand->slot = static_cast<std::uint32_t>(group->members.size());
    group->members.push_back(strand);
  }
  return *strand;
}

void Runner::end_strand(Strand& strand) {
  ++strand.generation;
  variable_bytes_ -= bytes_of(strand.variables);
  strand.input = strand.variables = strand.item = strand.effective = strand.context = Value();
  strand.attempt.reset();
  cut_map_run(strand);
  strand.open = false;
  drop_group(strand.running);
  free_.push_back(&strand);
}

bool Runner::advance(Strand& strand) {
  switch (strand.step) {
    case Step::Enter:
      return enter(strand);
    case Step::EndWait: {
      View view(*this, strand);
      const Visit visit{*strand.state, strand.entered, strand.input, view, random_, options_.inspector};
      auto completion = pass_through(visit, strand.effective, strand.state->assign, strand.state->output);
      if (!completion) return fail(strand, {std::move(completion).error()}, strand.last_event);
      return leave(strand, *std::move(completion), strand.state->next ? strand.state->next->state : nullptr);
    }
    case Step::EndAttempt:
      return end_attempt(strand);
    case Step::EndMapRun:
      return end_distributed_map(strand);
    case Step::Retry:
      strand.context = Value();
      return match(
          strand.state->kind, [&](const Task&) { return start_attempt(strand); },
          [&](const Parallel& parallel) { return start_parallel(strand, parallel); },
          [&](const Map& map) { return start_map(strand, map); }, [](const Pass&) { return false; },
          [](const Choice&) { return false; }, [](const Wait&) { return false; }, [](const Succeed&) { return false; },
          [](const Fail&) { return false; });
  }
  return false;
}

/// Counts a transition; false when there is none left, and the run is stopped.
bool Runner::take_transition(const State& state) {
  if (budget_.transitions_left == 0) {
    stop(RunStopped::Reason::TransitionLimit, state,
         fmt::format("the run was given up after {} transitions, in state \"{}\"", options_.max_transitions,
                     state.name));
    return false;
  }
  --budget_.transitions_left;
  ++transitions_;
  return true;
}

bool Runner::enter(Strand& strand) {
  const State& state = *strand.state;
  if (!take_transition(state)) return false;
  const bool changed = change(strand, strand.input);
  const bool first = history_.size() == 1 && !changed;
  Event& event = emit(kEntered[state.kind.index()], strand.last_event);
  event.state = &state;
  event.data = strand.input;
  if (first && !options_.input_text.empty()) event.more().input_text = options_.input_text;
  strand.entered = strand.last_event = last_id();
  strand.entered_ms = now_ms_;
  strand.open = true;
  strand.retry_count = 0;
  strand.retries.clear();
  strand.context = Value();
  strand.task_token.clear();
  pause_at_state(state);
  if (done_) return false;
  return match(
      state.kind, [&](const Pass& pass) { return enter_pass(strand, pass); },
      [&](const Task&) { return start_attempt(strand); },
      [&](const Choice& choice) { return enter_choice(strand, choice); },
      [&](const Wait& wait) { return enter_wait(strand, wait); }, [&](const Succeed&) { return enter_succeed(strand); },
      [&](const Fail& fail) { return enter_fail(strand, fail); },
      [&](const Parallel& parallel) { return start_parallel(strand, parallel); },
      [&](const Map& map) { return start_map(strand, map); });
}

Result<Value, Failure> Runner::with_variables(const Strand& strand, const Value& assigned) const {
  Value variables = strand.variables;
  if (variables.is_null()) {
    variables = assigned;
  } else {
    for (const Member& member : assigned.members()) variables = variables.with_member(member.key, member.value);
  }
  if (variable_bytes_ - bytes_of(strand.variables) + bytes_of(variables) > kMaxVariableBytes) {
    // The limit is documented; the words are ours.
    return Failure{
        "States.DataLimitExceeded",
        fmt::format("The variables of the execution have a size exceeding the maximum number of bytes service "
                    "limit after the state '{}'.",
                    strand.state->name)};
  }
  return variables;
}

bool Runner::leave(Strand& strand, Completion completion, const State* next, bool caught) {
  const State& state = *strand.state;
  if (!completion.assigned.is_null()) {
    auto variables = with_variables(strand, completion.assigned);
    if (!variables) {
      const RaisedError error{std::move(variables).error()};
      return caught ? fail_scope(strand, error, strand.last_event) : fail(strand, error, strand.last_event);
    }
    variable_bytes_ += bytes_of(*variables) - bytes_of(strand.variables);
    strand.variables = *std::move(variables);
  }
  change(strand, completion.output);
  Event& event = emit(kExited[state.kind.index()], strand.last_event);
  event.state = &state;
  event.data = completion.output;
  if (!completion.assigned.is_null()) event.more().assigned = std::move(completion.assigned);
  strand.last_event = last_id();
  strand.open = false;
  if (done_) return false;
  if (!next) return finish(strand, std::move(completion.output));
  strand.state = next;
  strand.input = std::move(completion.output);
  strand.step = Step::Enter;
  return true;
}

bool Runner::finish(Strand& strand, Value output) {
  if (strand.group) return member_finished(strand, std::move(output));
  succeed_execution(strand, std::move(output));
  return false;
}

// ------------------------------------------------------------------------------------------------------ simple states

bool Runner::enter_pass(Strand& strand, const Pass& pass) {
  const State& state = *strand.state;
  const State* next = state.next ? state.next->state : nullptr;
  if (!options_.inspector && is_plain(state) && pass.parameters.index() == 0 && !state.result_path.place &&
      !state.result_path.discards && (!pass.result || json_size(*pass.result) <= kMaxPayloadBytes)) {
    return leave(strand, {pass.result ? *pass.result : strand.input, Value()}, next);
  }
  View view(*this, strand);
  const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  auto effective = apply_template(visit, pass.parameters, *selected);
  if (!effective) return fail(strand, {std::move(effective).error()}, strand.last_event);
  if (pass.result) {
    visit.stage("result", *pass.result);
  } else {
    visit.stage("afterParameters", *effective);
  }
  auto completion = complete(visit, pass.result ? *pass.result : *effective);
  if (!completion) return fail(strand, {std::move(completion).error()}, strand.last_event);
  return leave(strand, *std::move(completion), next);
}

bool Runner::enter_choice(Strand& strand, const Choice& choice) {
  View view(*this, strand);
  const Visit visit{*strand.state, strand.entered, strand.input, view, random_, options_.inspector};
  Value selected = strand.input;
  if (options_.inspector || !is_plain(*strand.state)) {
    auto value = selected_input(visit);
    if (!value) return fail(strand, {std::move(value).error()}, strand.last_event);
    selected = *std::move(value);
  }
  auto rule = matching_rule(visit, choice, selected);
  if (!rule) return fail(strand, {std::move(rule).error()}, strand.last_event);
  if (!*rule && !choice.default_next) {
    return fail(strand,
                {runtime_failure(visit,
                                 "Failed to transition out of the state. The state does not point to a next "
                                 "state.")},
                strand.last_event);
  }
  if (options_.inspector && *rule) {
    options_.inspector->rule(*strand.state, strand.entered, static_cast<std::size_t>(*rule - choice.choices.data()));
  }
  const State* next = *rule ? (*rule)->next.state : choice.default_next->state;
  const Assign& assign = *rule ? (*rule)->assign : strand.state->assign;
  const std::optional<JsonataField>& output = *rule ? (*rule)->output : strand.state->output;
  if (!assign && !output && is_plain(*strand.state)) return leave(strand, {std::move(selected), Value()}, next);
  auto completion = pass_through(visit, selected, assign, output);
  if (!completion) return fail(strand, {std::move(completion).error()}, strand.last_event);
  return leave(strand, *std::move(completion), next);
}

bool Runner::enter_wait(Strand& strand, const Wait& wait) {
  View view(*this, strand);
  const Visit visit{*strand.state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  auto end = wait_end(visit, wait, *selected);
  if (!end) return fail(strand, {std::move(end).error()}, strand.last_event);
  std::int64_t delay_ms = 0;
  if (end->seconds) {
    if (*end->seconds > kMaxWaitSeconds) {
      return fail(strand, {runtime_failure(visit, "Wait state delay is too long.")}, strand.last_event);
    }
    delay_ms = *end->seconds * 1000;
  } else {
    // Honoured to the second: the fraction is cut. Source: developer guide, "Wait".
    delay_ms = end->until->seconds * 1000 - now_ms_;
    if (delay_ms > kMaxWaitSeconds * 1000) {
      return fail(strand, {runtime_failure(visit, "Wait state delay is too long.")}, strand.last_event);
    }
  }
  strand.effective = *std::move(selected);
  strand.step = Step::EndWait;
  if (delay_ms <= 0) return true;
  schedule(strand, delay_ms, Step::EndWait);
  return false;
}

bool Runner::enter_succeed(Strand& strand) {
  View view(*this, strand);
  const Visit visit{*strand.state, strand.entered, strand.input, view, random_, options_.inspector};
  auto selected = selected_input(visit);
  if (!selected) return fail(strand, {std::move(selected).error()}, strand.last_event);
  auto completion = pass_through(visit, *selected, Assign{}, strand.state->output);
  if (!completion) return fail(strand, {std::move(completion).error()}, strand.last_event);
  return leave(strand, *std::move(completion), nullptr);
}

bool Runner::enter_fail(Strand& strand, const Fail& fail_state) {
  View view(*this, strand);
  const Visit visit{*strand.state, strand.entered, strand.input, view, random_, options_.inspector};
  auto error = text_field(visit, fail_state.error, "Error", strand.input);
  if (!error) return fail(strand, {std::move(error).error()}, strand.last_event);
  auto cause = text_field(visit, fail_state.cause, "Cause", strand.input);
  if (!cause) return fail(strand, {std::move(cause).error()}, strand.last_event);
  return fail(strand, {Failure{*std::move(error), *std::move(cause)}}, strand.last_event);
}

// ------------------------------------------------------------------------------------------------------------ failures

std::uint32_t Runner::tell_evaluation(const State& state, RaisedError& error, std::uint32_t event) {
  if (!error.failure.location) return event;
  // Before the state's work began it stands beside the entering, not behind it, but for a Wait. Source: recorded in
  // November 2024; it has been reported that since 2026 it points to the entering.
  const bool beside = history_.keeps() && event != 0 && is_state_entered(history_[event].type) &&
                      history_[event].type != EventType::WaitStateEntered;
  Event& told = emit(EventType::EvaluationFailed, beside ? history_[event].previous : event);
  told.state = &state;
  told.more().location = *std::move(error.failure.location);
  error.failure.location.reset();
  told.more().failure = error.failure;
  return last_id();
}

bool Runner::fail(Strand& strand, RaisedError error, std::uint32_t event, std::optional<EventType> closing) {
  if (done_) return false;
  const State& state = *strand.state;
  if (stop_without_steps(state)) return false;
  event = tell_evaluation(state, error, event);
  pause_at_failure(event);
  if (done_) return false;
  if (error.failure.error == "States.Runtime") {
    // Not to be caught anywhere: it ends the execution, through all scopes. Source: recorded.
    fail_execution(std::move(error.failure), event);
    return false;
  }
  for (std::size_t i = 0; i < state.retry.size(); ++i) {
    const Retrier& retrier = state.retry[i];
    if (!takes(retrier.error_equals, error)) continue;
    // Only the first that matches counts, also when it has no attempts left.
    strand.retries.resize(state.retry.size());
    if (strand.retries[i] >= retrier.max_attempts) break;
    if (!take_transition(state)) return false;
    std::int64_t delay_ms = backoff(retrier, strand.retries[i]).count();
    ++strand.retries[i];
    ++strand.retry_count;
    if (retrier.full_jitter && delay_ms > 0) {
      // Drawn from the seed, the state and the attempt rather than from one stream: then a change in one place of a
      // machine does not change the waits in another.
      std::uint64_t key = hash_text(state.name, options_.seed ^ kHashStart);
      key ^= (std::uint64_t{strand.entered} << 32) ^ strand.retry_count;
      delay_ms = static_cast<std::int64_t>(Random(key).below(static_cast<std::uint64_t>(delay_ms) + 1));
    }
    if (options_.inspector) options_.inspector->retried(state, strand.entered, i);
    strand.last_event = event;
    schedule(strand, delay_ms, Step::Retry);
    return false;
  }
  const std::uint32_t failed = event;
  if (closing) {
    emit(*closing, event).state = &state;
    event = last_id();
  }
  strand.last_event = event;
  for (const Catcher& catcher : state.catchers) {
    if (!takes(catcher.error_equals, error)) continue;
    if (options_.inspector) {
      options_.inspector->caught(state, strand.entered, static_cast<std::size_t>(&catcher - state.catchers.data()));
    }
    View view(*this, strand);
    const Visit visit{state, strand.entered, strand.input, view, random_, options_.inspector};
    auto completion = complete_caught(visit, catcher, error.failure);
    if (!completion) {
      if (stop_without_steps(state)) return false;
      if (completion.error().error == "States.Runtime") {
        fail_execution(std::move(completion).error(), event);
        return false;
      }
      RaisedError own{std::move(completion).error()};
      if (own.failure.location) {
        // It is told like the failure that was caught, behind the same event. Source: measured.
        event = tell_evaluation(state, own, failed);
        if (closing) {
          emit(*closing, event).state = &state;
          event = last_id();
        }
      }
      return fail_scope(strand, own, event);
    }
    return leave(strand, *std::move(completion), catcher.next.state, true);
  }
  return fail_scope(strand, error, event);
}

bool Runner::fail_scope(Strand& strand, const RaisedError& error, std::uint32_t event) {
  if (strand.group) return member_failed(strand, error, event);
  fail_execution(error.failure, event);
  return false;
}

// ------------------------------------------------------------------------------------------------- context, variables

const Value& Runner::View::context() {
  if (!item_.is_null()) {
    if (context_.is_null()) context_ = runner_.make_context(strand_, item_);
    return context_;
  }
  if (strand_.context.is_null()) {
    Value item;
    for (const Strand* s = &strand_; item.is_null() && s; s = s->group ? s->group->owner : nullptr) item = s->item;
    strand_.context = runner_.make_context(strand_, item);
  }
  return strand_.context;
}

const Value* Runner::View::variable(std::string_view name) {
  for (const Strand* s = &strand_; s; s = s->group ? s->group->owner : nullptr) {
    if (const Value* value = s->variables.find(name)) return value;
  }
  return nullptr;
}

/// The context object. The order of members is as recorded. Source: developer guide, "Context object".
Value Runner::make_context(Strand& strand, const Value& item) {
  const Identity& identity = options_.identity;
  if (execution_context_.is_null()) {
    ObjectBuilder execution(6);
    execution.set("Id", Value(execution_arn_));
    execution.set("Input", options_.input);
    execution.set("StartTime", Value(format_timestamp(options_.start)));
    execution.set("Name", Value(execution_name_));
    execution.set("RoleArn", Value(identity.role_arn));
    execution.set("RedriveCount", Value(0));
    execution_context_ = std::move(execution).build();
    ObjectBuilder machine(2);
    machine.set("Id", Value(fmt::format("arn:aws:states:{}:{}:stateMachine:{}", identity.region, identity.account,
                                        identity.machine)));
    machine.set("Name", Value(identity.machine));
    machine_context_ = std::move(machine).build();
  }
  ObjectBuilder context(5);
  context.set("Execution", execution_context_);
  if (!item.is_null()) {
    ObjectBuilder map(1);
    map.set("Item", item);
    context.set("Map", std::move(map).build());
  }
  context.set("StateMachine", machine_context_);
  ObjectBuilder state(3);
  state.set("Name", Value(strand.state->shared_name));
  state.set("EnteredTime", Value(format_timestamp(std::chrono::milliseconds(strand.entered_ms))));
  if (std::holds_alternative<Task>(strand.state->kind) || std::holds_alternative<Map>(strand.state->kind) ||
      std::holds_alternative<Parallel>(strand.state->kind)) {
    state.set("RetryCount", Value(strand.retry_count));
  }
  context.set("State", std::move(state).build());
  if (!strand.task_token.empty()) {
    ObjectBuilder task(1);
    task.set("Token", Value(strand.task_token));
    context.set("Task", std::move(task).build());
  }
  Value made = std::move(context).build();
  if (options_.context.is_object()) {
    for (const Member& member : options_.context.members()) made = made.with_member(member.key, member.value);
  }
  return made;
}

}  // namespace stepglass
