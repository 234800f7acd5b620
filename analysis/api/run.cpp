#include "analysis/api/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "analysis/mocks/sample.h"
#include "engine/document/document.h"
#include "engine/document/jackson.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

class Recorder : public Inspector {
 public:
  explicit Recorder(bool keeps_values) : keeps_values_(keeps_values) {}

  void stage(const State& state, std::uint32_t visit, std::string_view name, const Value& value) override {
    StateInspection& inspection = of(state, visit);
    if (!keeps_values_) return;
    // A state that is tried again goes through its stages again: the last time counts, as in TestState.
    for (StateInspection::Stage& stage : inspection.stages) {
      if (stage.name == name) {
        stage.value = value;
        return;
      }
    }
    inspection.stages.push_back({std::string(name), value});
  }

  void rule(const State& state, std::uint32_t visit, std::size_t index) override {
    of(state, visit).decisions.rule = index;
  }
  void retried(const State& state, std::uint32_t visit, std::size_t index) override {
    of(state, visit).decisions.retriers.push_back(index);
  }
  void caught(const State& state, std::uint32_t visit, std::size_t index) override {
    of(state, visit).decisions.catcher = index;
  }

  /// One for every state that was entered, also for those that reached no stage.
  std::vector<StateInspection> take(const History& history) {
    std::vector<StateInspection> all;
    for (std::uint32_t id = 1; id <= history.size(); ++id) {
      const Event& event = history[id];
      if (!event.state || !is_state_entered(event.type)) continue;
      StateInspection inspection;
      if (const auto found = visits_.find(id); found != visits_.end()) inspection = std::move(seen_[found->second]);
      inspection.entered = id;
      inspection.state = event.state;
      if (keeps_values_) inspection.stages.insert(inspection.stages.begin(), {"input", event.data});
      all.push_back(std::move(inspection));
    }
    return all;
  }

 private:
  StateInspection& of(const State& state, std::uint32_t visit) {
    const auto [place, is_new] = visits_.emplace(visit, seen_.size());
    if (is_new) {
      seen_.emplace_back();
      seen_.back().entered = visit;
      seen_.back().state = &state;
    }
    return seen_[place->second];
  }

  bool keeps_values_;
  std::vector<StateInspection> seen_;
  std::unordered_map<std::uint32_t, std::size_t> visits_;
};

std::string_view code_of(RunStopped::Reason reason) {
  switch (reason) {
    case RunStopped::Reason::MissingMock:
      return "MissingMock";
    case RunStopped::Reason::StepLimit:
      return "StepLimit";
    case RunStopped::Reason::TransitionLimit:
      return "TransitionLimit";
    case RunStopped::Reason::ExecutionLimit:
      return "ExecutionLimit";
  }
  return "Unsupported";
}

const State* task_named(std::string_view name, const StateMachine& machine, const std::vector<NamedMachine>& others) {
  if (const State* state = find_state(machine.scope, name)) return state;
  for (const NamedMachine& other : others) {
    if (const State* state = find_state(other.machine->scope, name)) return state;
  }
  return nullptr;
}

/// The line that makes the run go on.
void add_mock_help(ApiError& error, const State* state) {
  const Task* task = state ? std::get_if<Task>(&state->kind) : nullptr;
  if (!task) return;
  error.mock_state = state->name;
  error.mock_sample = to_json(short_sample(*task));
  error.help = "add to the mocks: ";
  append_json_string(error.help, state->name);
  error.help += fmt::format(": [{{\"return\": {}}}]", error.mock_sample);
}

ApiError stopped_error(RunStopped stopped, const StateMachine& machine, const std::vector<NamedMachine>& others) {
  ApiError error{std::string(code_of(stopped.reason)), std::move(stopped.message)};
  if (stopped.reason == RunStopped::Reason::MissingMock) add_mock_help(error, task_named(stopped.state, machine, others));
  return error;
}

/// What StartExecution says of an input that is no JSON.
std::string input_fault(std::string_view text, const Diagnostic& diagnostic) {
  // The service's parser names the first thing wrong in its own words; what it takes and we do not is told in ours.
  auto error = jackson_error(text);
  std::string message = error ? std::move(error->message) : diagnostic.message;
  // For a text with nothing in it the service has words of its own (recorded).
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) message = "Invalid execution input.";
  return fmt::format("Invalid State Machine Execution Input: '{}'", message);
}

class Warnings {
 public:
  bool has_room() const { return texts_.size() < kMaxWarnings; }
  void add(std::string text) {
    if (has_room()) {
      texts_.push_back(std::move(text));
    } else {
      ++left_out_;
    }
  }
  void count() { ++left_out_; }
  std::vector<std::string> take() {
    if (left_out_ > 0) texts_.push_back(fmt::format("and {} more", left_out_));
    return std::move(texts_);
  }

 private:
  std::vector<std::string> texts_;
  std::size_t left_out_ = 0;
};

void warn_of_repeated_keys(std::string_view input, Warnings& warnings) {
  const Document document = read_json(std::string(input));
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.name != "duplicate-key") continue;
    const Position place = document.position(diagnostic.span.begin);
    warnings.add(fmt::format("the input, line {}, column {}: {}; only the last one counts", place.line, place.column,
                             diagnostic.message));
  }
}

using StatesByName = std::vector<std::pair<std::string_view, const State*>>;

void add_states(const Scope& scope, StatesByName& states) {
  for (const State& state : scope.states) {
    states.emplace_back(state.name, &state);
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) add_states(branch, states);
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      add_states(map->processor, states);
    }
  }
}

void warn_of_mocks(const StateMachine& machine, const RunRequest& request, Warnings& warnings) {
  if (request.mocks.states.empty()) return;
  StatesByName states;
  add_states(machine.scope, states);
  for (const NamedMachine& other : request.machines) add_states(other.machine->scope, states);
  // Two scopes of two machines may have states of the same name: a Task among them is enough.
  const auto rank = [](const StatesByName::value_type& entry) {
    return std::pair(entry.first, !std::holds_alternative<Task>(entry.second->kind));
  };
  sort_stable(states, [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (const StateMocks& mocks : request.mocks.states) {
    const auto found = std::lower_bound(states.begin(), states.end(), std::string_view(mocks.state),
                                        [](const auto& entry, std::string_view name) { return entry.first < name; });
    if (found != states.end() && found->first == mocks.state) {
      if (std::holds_alternative<Task>(found->second->kind)) continue;
      warnings.add(fmt::format("the mocks of \"{}\" are not used: it is a {}, and only Task states are mocked",
                               display_word(mocks.state), kind_name(*found->second)));
      continue;
    }
    if (!warnings.has_room()) {
      warnings.count();
      continue;
    }
    std::vector<std::string_view> names;
    for (const auto& entry : states) names.push_back(entry.first);
    const auto meant = nearest(mocks.state, names);
    warnings.add(fmt::format("the mocks of \"{}\" are not used: there is no such state{}", display_word(mocks.state),
                             meant ? fmt::format("; did you mean \"{}\"?", display_word(*meant)) : std::string()));
  }
}

}  // namespace

std::optional<InspectionLevel> parse_inspection_level(std::string_view name) {
  if (name == "NONE") return InspectionLevel::None;
  if (name == "INFO") return InspectionLevel::Info;
  if (name == "DEBUG") return InspectionLevel::Debug;
  if (name == "TRACE") return InspectionLevel::Trace;
  return std::nullopt;
}

const Decisions* decisions_of(const RunReply& reply, std::uint32_t entered) {
  const auto found =
      std::lower_bound(reply.inspection.begin(), reply.inspection.end(), entered,
                       [](const StateInspection& inspection, std::uint32_t id) { return inspection.entered < id; });
  return found != reply.inspection.end() && found->entered == entered ? &found->decisions : nullptr;
}

std::string trace_text(const RunReply& reply, const StateMachine& machine, const Style& style) {
  TraceOptions options;
  options.style = style;
  options.decisions = [&](std::uint32_t entered) { return decisions_of(reply, entered); };
  return trace_text(reply.execution, machine, options);
}

Result<RunReply, ApiError> run(const StateMachine& machine, const RunRequest& request) {
  // The payload is counted in bytes of UTF-8 as it is sent. Source: API, StartExecution, "input".
  if (request.input_text.size() > kMaxPayloadBytes) {
    return ApiError{
        "ValidationException",
        fmt::format("1 validation error detected: Value at 'input' failed to satisfy constraint: Member must "
                    "have length less than or equal to {}",
                    kMaxPayloadBytes),
        {}};
  }
  bool repeats_keys = false;
  auto input = read_value(request.input_text, &repeats_keys);
  if (!input) return ApiError{"InvalidExecutionInput", input_fault(request.input_text, input.error())};
  RunOptions options;
  options.input = *std::move(input);
  options.input_text = request.input_text;
  options.seed = request.seed;
  options.start = request.start;
  options.keep_history = request.history || request.inspection != InspectionLevel::None;
  options.max_events = request.max_events;
  options.max_transitions = request.max_transitions;
  options.context = request.context;
  options.pause = request.pause;
  options.changes = request.changes;
  sort_stable(options.changes, [](const Change& a, const Change& b) { return a.event < b.event; });
  Recorder recorder(request.inspection >= InspectionLevel::Debug);
  if (request.inspection != InspectionLevel::None) options.inspector = &recorder;
  MockWorld world(request.mocks, request.machines);
  auto execution = stepglass::run(machine, world, options);
  if (!execution) return stopped_error(std::move(execution).error(), machine, request.machines);
  RunReply reply{*std::move(execution), {}, {}, {}};
  if (reply.execution.stopped) reply.stopped = stopped_error(*reply.execution.stopped, machine, request.machines);
  Warnings warnings;
  for (const std::uint32_t event : reply.execution.unused_changes) {
    warnings.add(fmt::format("the change at event {} was not made: no state is entered or left there", event));
  }
  if (repeats_keys) warn_of_repeated_keys(request.input_text, warnings);
  warn_of_mocks(machine, request, warnings);
  reply.warnings = warnings.take();
  if (options.inspector) reply.inspection = recorder.take(reply.execution.history);
  return reply;
}

}  // namespace stepglass::analysis
