// stepglass run: one definition, one or several inputs, mocked tasks. By default it tells a person what happened; the
// output of the execution is the last line of standard output, and the summary goes to standard error.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/api/definition.h"
#include "analysis/api/reply.h"
#include "analysis/api/run.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/read.h"
#include "analysis/cli/run_options.h"
#include "analysis/report/history.h"
#include "analysis/report/trace.h"
#include "engine/model/timestamp.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

using analysis::Style;
using analysis::Tone;

/// The definitions of a call: the machine itself, and those that nested executions start.
struct Machines {
  analysis::Definition main;
  std::deque<std::pair<std::string, analysis::Definition>> others;

  std::vector<std::string_view> state_names() const {
    std::vector<std::string_view> names = analysis::state_names(main.loaded.machine->scope);
    for (const auto& [name, other] : others) {
      const auto more = analysis::state_names(other.loaded.machine->scope);
      names.insert(names.end(), more.begin(), more.end());
    }
    return names;
  }
  /// Names in order, to look up many.
  bool has_state(std::string_view name) {
    if (sorted_names.empty()) {
      sorted_names = state_names();
      sort_stable(sorted_names);
    }
    return std::binary_search(sorted_names.begin(), sorted_names.end(), name);
  }
  std::vector<std::string_view> sorted_names;

  const State* state(std::string_view name) const {
    if (const State* state = find_state(main.loaded.machine->scope, name)) return state;
    for (const auto& [other_name, other] : others) {
      if (const State* state = find_state(other.loaded.machine->scope, name)) return state;
    }
    return nullptr;
  }
};

WrongUse unknown_state(std::string_view option, std::string_view name, const Machines& machines) {
  const auto names = machines.state_names();
  const auto meant = nearest(name, names);
  return {fmt::format("{}: the definition has no state \"{}\"", option, display(name)),
          meant ? fmt::format("did you mean \"{}\"?", display(*meant)) : std::string()};
}

Result<std::vector<analysis::StateMocks>, WrongUse> short_mock(const std::string& option, const Machines& machines) {
  // A state's name may hold "=": the longest name that is a state counts.
  std::size_t split = option.find('=');
  if (split == std::string::npos) {
    return WrongUse{fmt::format("--mock {}: there is no \"=\"", display(option)), "write --mock 'STATE=JSON'"};
  }
  for (std::size_t at = split; at != std::string::npos; at = option.find('=', at + 1)) {
    if (machines.state(std::string_view(option).substr(0, at))) split = at;
  }
  const std::string name = option.substr(0, split);
  const State* state = machines.state(name);
  if (!state) return unknown_state("--mock", name, machines);
  if (!std::holds_alternative<Task>(state->kind)) {
    return WrongUse{
        fmt::format("--mock: state \"{}\" is a {}; only Task states are mocked", display(name), kind_name(*state)), ""};
  }
  auto text = text_or_file(option.substr(split + 1));
  if (!text) return std::move(text).error();
  auto entries = read_with(fmt::format("--mock {}", display(name)), *text, analysis::read_short_mock);
  if (!entries) return std::move(entries).error();
  return std::vector<analysis::StateMocks>{{name, *std::move(entries), {}, false}};
}

Result<std::vector<analysis::StateMocks>, WrongUse> local_mocks(const std::string& option) {
  std::vector<std::string> parts(1);
  for (const char c : option) {
    if (c == '#') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() > 3) {
    return WrongUse{fmt::format("--mock-config {}: too many \"#\"", display(option)), "write FILE#MACHINE#CASE"};
  }
  parts.resize(3);
  auto text = read_file(parts[0]);
  if (!text) return std::move(text).error();
  return read_with(display(parts[0]), *text,
                   [&](const Node& node) { return analysis::read_local_config(node, parts[1], parts[2]); });
}

/// Mocks from several places: of two for one state the later stay.
class MockTable {
 public:
  void add(std::vector<analysis::StateMocks> more) {
    for (analysis::StateMocks& mocks : more) {
      const auto [place, is_new] = places_.emplace(mocks.state, all_.size());
      if (is_new) {
        all_.push_back(std::move(mocks));
      } else {
        all_[place->second] = std::move(mocks);
      }
    }
  }
  std::vector<analysis::StateMocks> take() { return std::move(all_); }

 private:
  std::vector<analysis::StateMocks> all_;
  std::map<std::string, std::size_t> places_;
};

Result<analysis::Mocks, WrongUse> read_all_mocks(const RunCommandOptions& options, Machines& machines) {
  analysis::Mocks mocks;
  MockTable states;
  if (!options.default_mock.empty()) {
    const auto fallback = analysis::parse_default_mock(options.default_mock);
    if (!fallback) {
      return WrongUse{
          fmt::format("--default-mock is \"echo\" or \"sample\", not \"{}\"", display(options.default_mock)), ""};
    }
    mocks.fallback = *fallback;
  }
  if (!options.mock_config.empty()) {
    auto more = local_mocks(options.mock_config);
    if (!more) return std::move(more).error();
    states.add(*std::move(more));
  }
  for (const std::string& file : options.mock_files) {
    auto text = read_file(file);
    if (!text) return std::move(text).error();
    auto more = read_with(display(file), *text, analysis::read_mocks);
    if (!more) return std::move(more).error();
    for (const analysis::StateMocks& state : *more) {
      if (!machines.has_state(state.state)) return unknown_state(display(file), state.state, machines);
    }
    states.add(*std::move(more));
  }
  // Last, so that an option replaces what a file says of the same state.
  for (const std::string& option : options.mocks) {
    auto more = short_mock(option, machines);
    if (!more) return std::move(more).error();
    states.add(*std::move(more));
  }
  mocks.states = states.take();
  if (!options.environment.empty()) {
    auto text = text_or_file(options.environment);
    if (!text) return std::move(text).error();
    auto objects = read_with("--environment", *text, analysis::read_environment);
    if (!objects) return std::move(objects).error();
    mocks.objects = *std::move(objects);
  }
  return mocks;
}

/// Adds the lines of JSON lines to `inputs`; false when `text` is something else. It is JSON lines when its first line
/// is JSON and the whole is not: then a line that is no JSON is a fault of that line.
Result<bool, WrongUse> add_lines(std::string_view name, std::string_view text, std::vector<std::string>& inputs) {
  if (text.find('\n') == std::string_view::npos || read_value(text)) return false;
  bool first = true;
  std::size_t start = 0;
  for (std::size_t number = 1; start < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    start = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (const auto value = read_value(line); !value) {
      if (first) return false;
      const Document document = read_json(std::string(line));
      const Position place = document.position(value.error().span.begin);
      return WrongUse{
          fmt::format("{}, line {}, column {}: {}", name, number, place.column, display(value.error().message)),
          "each line is one input, as JSON"};
    }
    first = false;
    inputs.emplace_back(line);
  }
  return true;
}

/// The texts of the inputs: one, or the lines of JSON lines.
Result<std::vector<std::string>, WrongUse> read_inputs(const RunCommandOptions& options) {
  std::vector<std::string> inputs;
  for (const std::string& option : options.inputs) {
    auto text = option == "-" ? read_file("-") : text_or_file(option);
    if (!text) return std::move(text).error();
    // The line end behind a file's last line is no part of the input.
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
    const std::string name = option == "-"             ? "standard input"
                             : option.starts_with('@') ? display(std::string_view(option).substr(1))
                                                       : "--input";
    const auto lines = add_lines(name, *text, inputs);
    if (!lines) return lines.error();
    if (!*lines) inputs.push_back(*std::move(text));
  }
  if (inputs.empty()) inputs.emplace_back("{}");
  return inputs;
}

/// The number of an event; nothing for another word.
std::optional<std::uint32_t> event_number(std::string_view word) {
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  return fault == std::errc() && end == word.data() + word.size() && number > 0 ? std::optional(number) : std::nullopt;
}

Result<PauseAt, WrongUse> read_pause(const std::vector<std::string>& words, const Machines& machines) {
  PauseAt pause;
  for (const std::string& word : words) {
    if (find_state(machines.main.loaded.machine->scope, word)) {
      pause.states.push_back(word);
    } else if (word == "choice") {
      pause.choice = true;
    } else if (word == "error") {
      pause.error = true;
    } else if (const auto event = event_number(word)) {
      pause.event = pause.event == 0 ? *event : std::min(pause.event, *event);
    } else {
      return unknown_state("--until", word, machines);
    }
  }
  return pause;
}

Result<std::vector<Change>, WrongUse> read_changes(const std::vector<std::string>& options) {
  std::vector<Change> changes;
  for (const std::string& option : options) {
    const std::size_t split = option.find('=');
    const auto event = event_number(std::string_view(option).substr(0, split));
    if (!event || split == std::string::npos) {
      return WrongUse{fmt::format("--change {}: no event stands before \"=\"", display(option)),
                      "write --change '7={\"paid\": true}', with the id of an entering or leaving event"};
    }
    auto text = text_or_file(option.substr(split + 1));
    if (!text) return std::move(text).error();
    auto data = read_with(fmt::format("--change {}", *event), *text,
                          [](const Node& node) -> Result<Value, analysis::MockProblem> { return node.value(); });
    if (!data) return std::move(data).error();
    changes.push_back({*event, *std::move(data), Value()});
  }
  return changes;
}

/// The same for what the run itself refuses.
int complain_of(const analysis::ApiError& error) {
  if (error.mock_state.empty()) return complain(WrongUse{display(error.message), display(error.help)});
  return complain(WrongUse{display(error.message),
                           fmt::format("add --mock {}, or run with --default-mock sample",
                                       display(quoted_for_shell(error.mock_state + "=" + error.mock_sample)))});
}

std::string inspection_text(const analysis::RunReply& reply, const std::vector<std::string>& names,
                            const Style& style) {
  std::string out;
  for (const std::string& name : names) {
    std::size_t visit = 0;
    for (const analysis::StateInspection& inspection : reply.inspection) {
      if (inspection.state->name != name) continue;
      out += '\n';
      out += analysis::paint(style, Tone::Strong, fmt::format("{}, visit {}", display(name), ++visit));
      out += analysis::paint(style, Tone::Faint, fmt::format("  (event {})\n", inspection.entered));
      std::size_t width = 0;
      for (const auto& stage : inspection.stages) width = std::max(width, stage.name.size());
      for (const auto& stage : inspection.stages) {
        out += fmt::format("  {}  {}\n", analysis::paint(style, Tone::Accent, analysis::padded(stage.name, width)),
                           analysis::terminal_json(stage.value));
      }
    }
    if (visit == 0) out += fmt::format("\n{}: never entered\n", display(name));
  }
  if (!out.empty()) out += '\n';
  return out;
}

/// Runs one input and tells of it. Gives the exit status.
int run_once(const RunCommandOptions& options, const Machines& machines, analysis::RunRequest& request) {
  const StateMachine& machine = *machines.main.loaded.machine;
  const auto started = std::chrono::steady_clock::now();
  auto reply = analysis::run(machine, request);
  const auto real_time =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
  if (!reply) return complain_of(reply.error());
  for (const std::string& warning : reply->warnings) warn(warning);
  const Execution& execution = reply->execution;
  const bool succeeded = execution.status == ExecutionStatus::Succeeded;
  const int status = succeeded || execution.status == ExecutionStatus::Running ? kSuccess : kFindings;
  const std::string region = RunOptions().identity.region;
  std::string out;
  if (options.trace == "json") {
    if (!analysis::append_run_result(out, *reply, machine, request)) {
      return complain(WrongUse{"the result is too large to be shown as one JSON text", "use --trace jsonl"});
    }
    out += '\n';
    write_json(1, out);
    return status;
  }
  if (options.trace == "jsonl" || options.trace == "history") {
    const bool lines = options.trace == "jsonl";
    if (!lines) out += "{\"events\":[";
    analysis::HistoryWriter writer(out, execution, region);
    for (std::uint32_t id = 1; id <= execution.history.size(); ++id) {
      if (id > 1 && !lines) out += ",\n";
      writer.append(id);
      if (lines) out += '\n';
      if (out.size() < (1u << 20)) continue;
      write_json(1, out);
      out.clear();
      writer.forget();
    }
    if (!lines) out += "]}\n";
    write_json(1, out);
    return status;
  }
  const Style style = style_of(1);
  if (options.trace == "text") {
    out += analysis::trace_text(*reply, machine, style);
    out += inspection_text(*reply, options.inspect, style);
  }
  if (succeeded) out += analysis::terminal_json(execution.output) + '\n';
  write(1, out);
  write(2, analysis::summary_text(execution, machine, style_of(2), real_time));
  return status;
}

Result<Machines, WrongUse> read_machines(const RunCommandOptions& options, MachineType type) {
  auto text = read_file(options.file);
  if (!text) return std::move(text).error();
  Machines machines{analysis::load_definition(*std::move(text), type), {}, {}};
  bool good = report(machines.main, options.file);
  for (const std::string& option : options.machines) {
    const std::size_t split = option.find('=');
    if (split == std::string::npos || split == 0) {
      return WrongUse{fmt::format("--machine {}: there is no \"=\"", display(option)), "write --machine NAME=FILE"};
    }
    auto other = read_file(option.substr(split + 1));
    if (!other) return std::move(other).error();
    machines.others.emplace_back(option.substr(0, split),
                                 analysis::load_definition(*std::move(other), MachineType::Standard));
    good = report(machines.others.back().second, option.substr(split + 1)) && good;
  }
  if (!good) return WrongUse{};
  return machines;
}

int run_all(const RunCommandOptions& options) {
  const auto type = analysis::parse_machine_type(options.type);
  if (!type) return complain({fmt::format("--type is STANDARD or EXPRESS, not \"{}\"", display(options.type)), ""});
  constexpr std::string_view kTraces[] = {"text", "json", "jsonl", "history", "none"};
  if (std::find(std::begin(kTraces), std::end(kTraces), options.trace) == std::end(kTraces)) {
    return complain(
        {fmt::format("--trace is text, json, jsonl, history or none, not \"{}\"", display(options.trace)), ""});
  }
  analysis::RunRequest request;
  if (!options.now.empty()) {
    const auto now = parse_timestamp(options.now);
    if (!now) {
      return complain(
          {fmt::format("--now: \"{}\" is no time", display(options.now)), "write it as 2025-01-31T12:00:00Z"});
    }
    request.start = std::chrono::milliseconds(now->seconds * 1000 + now->nanoseconds / 1'000'000);
  }
  if (!options.context.empty()) {
    auto text = text_or_file(options.context);
    if (!text) return complain(text.error());
    auto context = read_with("--context", *text, [](const Node& node) -> Result<Value, analysis::MockProblem> {
      if (!node.is_object()) return analysis::MockProblem{"the context object is an object", ""};
      return node.value();
    });
    if (!context) return complain(context.error());
    request.context = *std::move(context);
  }
  request.seed = options.seed;
  request.max_events = options.max_events;
  request.max_transitions = options.max_transitions;
  if (!options.inspect.empty()) {
    request.inspection = analysis::InspectionLevel::Debug;
  } else if (options.trace == "text") {
    request.inspection = analysis::InspectionLevel::Info;
  }
  request.history = options.trace != "none";

  auto machines = read_machines(options, *type);
  if (!machines) return machines.error().message.empty() ? kWrongUse : complain(machines.error());
  for (const std::string& name : options.inspect) {
    if (!machines->state(name)) return complain(unknown_state("--inspect", name, *machines));
  }
  for (const auto& [name, other] : machines->others) request.machines.push_back({name, other.loaded.machine.get()});
  auto mocks = read_all_mocks(options, *machines);
  if (!mocks) return complain(mocks.error());
  request.mocks = *std::move(mocks);
  auto pause = read_pause(options.until, *machines);
  if (!pause) return complain(pause.error());
  request.pause = *std::move(pause);
  auto changes = read_changes(options.changes);
  if (!changes) return complain(changes.error());
  request.changes = *std::move(changes);
  auto inputs = read_inputs(options);
  if (!inputs) return complain(inputs.error());

  int status = kSuccess;
  for (std::size_t i = 0; i < inputs->size(); ++i) {
    if (inputs->size() > 1 && options.trace == "text") {
      const Style style = style_of(1);
      write(1, analysis::paint(style, Tone::Strong,
                               fmt::format("{}Input {} of {}\n", i > 0 ? "\n" : "", i + 1, inputs->size())));
    }
    request.input_text = std::move((*inputs)[i]);
    status = std::max(status, run_once(options, *machines, request));
  }
  return status;
}

}  // namespace

int run_command(int argc, char** argv) {
  RunOptionsRead read = read_run_options(argc, argv);
  return read.status ? *read.status : run_all(read.options);
}

}  // namespace stepglass::cli
