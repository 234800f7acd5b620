// stepglass cost: estimates, comparisons, gates.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "analysis/api/cost.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/cost_files.h"
#include "analysis/cli/cost_options.h"
#include "analysis/cli/git.h"
#include "analysis/cli/read.h"
#include "analysis/cost/chain.h"
#include "analysis/report/cost_numbers.h"
#include "analysis/report/cost_report.h"
#include "analysis/sources/find_definitions.h"
#include "engine/interpreter/named_machine.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

using analysis::Assumptions;
using analysis::CostComparison;
using analysis::CostReport;
using analysis::CostSummary;
using analysis::Origin;

bool is_yaml(std::string_view path) {
  return path.ends_with(".yaml") || path.ends_with(".yml");
}

std::optional<WrongUse> add_assumptions_file(const std::string& file, Assumptions& into) {
  auto text = read_file(file);
  if (!text) return text.error();
  const Document document = is_yaml(file) ? read_yaml(*std::move(text)) : read_json(*std::move(text));
  const auto problems = analysis::read_assumptions(document, file, into);
  if (problems.empty()) return std::nullopt;
  std::string message;
  for (const analysis::AssumptionProblem& problem : problems) {
    const Position at = document.position(problem.span.begin);
    if (!message.empty()) message += '\n';
    message += fmt::format("{}:{}:{}: {}", display(file), at.line, at.column, problem.message);
  }
  return WrongUse{message, problems.front().help};
}

/// Assumptions by file first, what the command line says of single things after them.
Result<Assumptions, WrongUse> assumptions_of(const CostCommandOptions& options) {
  Assumptions assumptions;
  for (const std::string& file : options.assumption_files) {
    if (auto fault = add_assumptions_file(file, assumptions)) return *std::move(fault);
  }
  for (const std::string& text : options.assume) {
    if (auto fault = analysis::add_assumption(text, assumptions)) return WrongUse{"--assume " + *fault, ""};
  }
  if (!options.executions.empty()) {
    const auto count = analysis::parse_executions(options.executions);
    if (!count) return WrongUse{"--executions: " + count.error(), ""};
    assumptions.all.executions_per_month = {*count, Origin::CommandLine, {}};
    for (auto& [name, machine] : assumptions.machines) machine.executions_per_month.reset();
  }
  if (!options.region.empty()) assumptions.region = {options.region, Origin::CommandLine, {}};
  if (options.free_tier) assumptions.free_tier = {true, Origin::CommandLine, {}};
  return assumptions;
}

Result<analysis::Observations, WrongUse> observations_of(const CostCommandOptions& options) {
  analysis::Observations observations;
  for (const std::string& file : options.observed) {
    auto text = read_file(file);
    if (!text) return text.error();
    const Document document = read_json(*std::move(text));
    for (const Diagnostic& diagnostic : document.diagnostics()) {
      if (diagnostic.severity == Severity::Error) return broken_json(display(file), document, diagnostic);
    }
    if (auto fault = observations.add(*document.root())) {
      return WrongUse{fmt::format("{}: {}", display(file), *fault),
                      "aws stepfunctions get-execution-history writes one"};
    }
  }
  return observations;
}

using NamedMachines = std::deque<std::pair<std::string, analysis::Definition>>;

/// The machines that tasks start, with texts that `read` gives.
template <typename Read>
Result<NamedMachines, WrongUse> started_machines(const CostCommandOptions& options, const Read& read) {
  NamedMachines started;
  for (const std::string& option : options.machines) {
    const std::size_t split = option.find('=');
    if (split == std::string::npos || split == 0) {
      return WrongUse{fmt::format("--machine {}: there is no \"=\"", display(option)), "write --machine NAME=FILE"};
    }
    const std::string name = option.substr(0, split), file = option.substr(split + 1);
    Result<std::string, WrongUse> text = read(file);
    if (!text) return text.error();
    // Of several the one that has the name.
    analysis::FoundMachine* chosen = nullptr;
    analysis::FoundInFile found = analysis::find_expected_definitions(*std::move(text), file);
    for (analysis::FoundMachine& machine : found.machines) {
      if (machine.definition && (!chosen || machine.name == bare_name(name))) chosen = &machine;
    }
    if (!chosen) {
      return WrongUse{fmt::format("{} holds no definition", display(file)), "stepglass list shows what is found"};
    }
    analysis::Definition definition{*std::move(chosen->definition), {}};
    definition.loaded = load_state_machine(definition.document, chosen->type.value_or(MachineType::Standard));
    if (!definition.loaded.machine || !definition.loaded.machine->scope.start_at.state) {
      return WrongUse{fmt::format("the definition in {} has no flow", display(file)), "stepglass lint says more"};
    }
    started.emplace_back(name, std::move(definition));
  }
  return started;
}

std::vector<analysis::NamedDefinition> named(const NamedMachines& machines) {
  std::vector<analysis::NamedDefinition> all;
  for (const auto& [name, definition] : machines) all.push_back({name, &definition});
  return all;
}

// ---------------------------------------------------------------------------------------------------------- comparison

/// The paths as the user gave them, as a repository knows them: without "./" and the like.
std::vector<std::string> plain_paths(const std::vector<std::string>& paths) {
  std::vector<std::string> plain;
  for (const std::string& path : paths) {
    std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
    if (normal.is_absolute()) normal = normal.lexically_relative(std::filesystem::current_path());
    plain.push_back(normal.string());
  }
  return plain;
}

/// The machines of the same files as a commit has them.
Result<std::vector<CostSummary>, WrongUse> costs_at(const std::string& ref, const CostCommandOptions& command,
                                                    CostFilesOptions options) {
  const std::vector<std::string> plain = plain_paths(command.paths);
  // Those that tasks start as they were then, too; from elsewhere, or when they are new, as they are.
  const auto started = started_machines(command, [&](const std::string& file) -> Result<std::string, WrongUse> {
    const std::string path = plain_paths({file}).front();
    if (!path.starts_with("..")) {
      auto then = files_at(ref, {path}, [](std::string_view) { return true; });
      if (then && then->size() == 1) return std::move(then->front().text);
    }
    return read_file(file);
  });
  if (!started) return started.error();
  options.request.machines = named(*started);
  for (const std::string& path : plain) {
    if (path.starts_with("..")) {
      return WrongUse{fmt::format("{} lies outside of the current folder", display(path)),
                      "call stepglass cost at the top of the repository"};
    }
  }
  auto files = files_at(ref, plain, analysis::may_define_machines);
  if (!files) return files.error();
  std::map<std::string, std::string> texts;
  for (FileAtCommit& file : *files) texts.emplace(std::move(file.path), std::move(file.text));
  options.simulate = 0;
  const CostedFiles costed = cost_files(analysis::SourceTree::of_texts(std::move(texts), plain), options);
  return analysis::summaries(costed.report);
}

Result<std::vector<CostSummary>, WrongUse> costs_before(const CostCommandOptions& options,
                                                        const CostFilesOptions& files) {
  if (options.compare_to.starts_with("git:")) return costs_at(options.compare_to.substr(4), options, files);
  auto text = read_file(options.compare_to);
  if (!text) return text.error();
  auto saved = analysis::read_summaries(read_json(*text));
  if (saved) return *std::move(saved);
  return WrongUse{fmt::format("{} is no report of stepglass cost", display(options.compare_to)),
                  "write one with --format json, or compare with git:REF"};
}

// -----------------------------------------------------------------------------------------------------------------
// gates

/// "500", "$500", "$500/month".
Result<double, WrongUse> read_usd(std::string_view option, std::string_view text) {
  const std::string_view whole = text;
  if (text.starts_with('$')) text.remove_prefix(1);
  if (text.ends_with("/month")) text.remove_suffix(6);
  const auto number = parse_double(text);
  if (number && std::isfinite(*number) && *number >= 0) return *number;
  return WrongUse{fmt::format("{} takes a sum such as $500, not \"{}\"", option, display_word(whole)), ""};
}

struct Gates {
  std::optional<double> above, increase_usd, increase_share;
  bool unbounded = false;
};

Result<Gates, WrongUse> read_gates(const CostCommandOptions& options) {
  Gates gates;
  gates.unbounded = options.fail_unbounded;
  if (!options.fail_above.empty()) {
    const auto usd = read_usd("--fail-above", options.fail_above);
    if (!usd) return usd.error();
    gates.above = *usd;
  }
  if (options.fail_increase.empty()) return gates;
  if (options.compare_to.empty()) return WrongUse{"--fail-increase needs --compare-to", ""};
  std::string_view text = options.fail_increase;
  if (!text.ends_with('%')) {
    const auto usd = read_usd("--fail-increase", text);
    if (!usd) return usd.error();
    gates.increase_usd = *usd;
    return gates;
  }
  text.remove_suffix(1);
  const auto share = parse_double(text);
  if (!share || !std::isfinite(*share) || *share < 0) {
    return WrongUse{
        fmt::format("--fail-increase takes a share such as 10%, not \"{}\"", display_word(options.fail_increase)), ""};
  }
  gates.increase_share = *share / 100;
  return gates;
}

/// What is exceeded, or cannot be told, in words.
std::vector<std::string> exceeded(const Gates& gates, const CostReport& report, const CostComparison* comparison) {
  std::vector<std::string> limits;
  double sum = 0;
  for (const analysis::CostedMachine& machine : report) {
    if (!machine.estimate) {
      const std::string why = fmt::format("{} could not be estimated", display_word(machine.name));
      if (gates.above) limits.push_back(fmt::format("--fail-above {}: {}", analysis::usd_text(*gates.above), why));
      if (gates.unbounded) limits.push_back("--fail-unbounded: " + why);
      continue;
    }
    const auto& month = machine.estimate->per_month.expected;
    sum += month.value_or(0);
    if (gates.above && !month) {
      limits.push_back(fmt::format("--fail-above {}: no price is known for {}", analysis::usd_text(*gates.above),
                                   display_word(machine.name)));
    }
    if (gates.unbounded && machine.estimate->transitions.most == analysis::kUnbounded) {
      limits.push_back(fmt::format("--fail-unbounded: {} has no most", display_word(machine.name)));
    }
  }
  if (gates.above && sum > *gates.above) {
    limits.push_back(
        fmt::format("--fail-above {}: a month costs {}", analysis::usd_text(*gates.above), analysis::usd_text(sum)));
  }
  if (!comparison || !(gates.increase_usd || gates.increase_share)) return limits;
  const std::string gate = "--fail-increase " + (gates.increase_usd ? analysis::usd_text(*gates.increase_usd)
                                                                    : analysis::percent_text(*gates.increase_share));
  for (const analysis::CostChange& change : comparison->machines) {
    if (!change.is_open()) continue;
    const bool broken = change.kind == analysis::CostChange::Kind::Broken;
    limits.push_back(fmt::format("{}: {} {}", gate, display_word(change.any().name),
                                 broken                  ? "can no longer be estimated"
                                 : change.is_unbounded() ? "has no end"
                                                         : "has no price that could be compared"));
  }
  const double more = comparison->before == comparison->after ? 0 : comparison->after - comparison->before;
  if ((gates.increase_usd && more > *gates.increase_usd) ||
      (gates.increase_share && more > *gates.increase_share * comparison->before)) {
    limits.push_back(fmt::format("{}: a month becomes dearer by {}", gate, analysis::usd_text(more)));
  }
  return limits;
}

bool is_wanted(const CostCommandOptions& options, const CostComparison& comparison) {
  if (options.comment_when == "change") return comparison.changed();
  if (options.comment_when == "increase") {
    return comparison.after > comparison.before ||
           std::any_of(comparison.machines.begin(), comparison.machines.end(),
                       [](const analysis::CostChange& change) { return change.is_open(); });
  }
  return true;
}

void write_report(const CostCommandOptions& options, const CostReport& report, const CostComparison* comparison,
                  const std::vector<std::string>& limits) {
  if (comparison && limits.empty() && !is_wanted(options, *comparison)) return;
  if (options.format == "json") {
    write_json(1, comparison ? analysis::comparison_json(*comparison) : analysis::cost_json(report));
  } else if (options.format == "markdown") {
    write(1, comparison ? analysis::comparison_markdown(*comparison, report, limits) : analysis::cost_markdown(report));
  } else if (options.format == "csv") {
    write(1, analysis::cost_csv(report));
  } else {
    const analysis::Style style = style_of(1);
    write(1, comparison ? analysis::comparison_text(*comparison, style)
                        : analysis::cost_text(report, style, options.ledgers));
  }
}

std::optional<WrongUse> check_options(const CostCommandOptions& options) {
  constexpr std::string_view kFormats[] = {"text", "json", "markdown", "csv"};
  constexpr std::string_view kWhens[] = {"always", "change", "increase"};
  const auto is_one = [](std::string_view word, const auto& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  };
  if (!is_one(options.format, kFormats)) {
    return WrongUse{fmt::format("--format is text, json, markdown or csv, not \"{}\"", display_word(options.format)),
                    ""};
  }
  if (!is_one(options.comment_when, kWhens)) {
    return WrongUse{
        fmt::format("--comment-when is always, change or increase, not \"{}\"", display_word(options.comment_when)),
        ""};
  }
  if (options.paths_shown > analysis::kMaxCostPaths) {
    return WrongUse{fmt::format("--paths takes at most {}", analysis::kMaxCostPaths), ""};
  }
  if (options.simulate > analysis::kMaxSimulatedExecutions) {
    return WrongUse{fmt::format("--simulate takes at most {} executions", analysis::kMaxSimulatedExecutions), ""};
  }
  if (options.format == "csv" && !options.compare_to.empty()) {
    return WrongUse{"--compare-to has no CSV", "use --format text, json or markdown"};
  }
  return std::nullopt;
}

}  // namespace

int cost_command(int argc, char** argv) {
  const CostOptionsRead read = read_cost_options(argc, argv);
  if (read.status) return *read.status;
  CostCommandOptions options = read.options;
  if (options.paths.empty()) options.paths = {"."};
  if (const auto fault = check_options(options)) return complain(*fault);
  const auto type = analysis::parse_machine_type(options.type);
  if (!type) {
    return complain({fmt::format("--type is STANDARD or EXPRESS, not \"{}\"", display(options.type)), ""});
  }
  const auto gates = read_gates(options);
  if (!gates) return complain(gates.error());
  auto assumptions = assumptions_of(options);
  if (!assumptions) return complain(assumptions.error());
  const auto observed = observations_of(options);
  if (!observed) return complain(observed.error());
  const auto started = started_machines(options, [](const std::string& file) { return read_file(file); });
  if (!started) return complain(started.error());

  CostFilesOptions files;
  files.request.assumptions = *std::move(assumptions);
  files.request.paths = options.paths_shown;
  if (observed->executions() > 0) files.request.observed = &*observed;
  files.request.machines = named(*started);
  files.type = *type;
  files.simulate = options.simulate;
  files.seed = options.seed;
  files.jobs = options.jobs;
  files.progress = !options.no_progress;

  CostedFiles costed;
  if (options.paths == std::vector<std::string>{"-"}) {
    auto text = read_file("-");
    if (!text) return complain(text.error());
    costed.report = cost_text_input(*std::move(text), "stdin", files);
  } else {
    costed = cost_files(analysis::SourceTree::walk(options.paths), files);
  }
  const int unread = costed.skipped.empty() ? kSuccess : kWrongUse;
  for (const auto& skipped : costed.skipped) {
    warn(fmt::format("{} was not looked at: {}", display(skipped.path), display(skipped.reason)));
  }
  if (costed.report.empty()) {
    if (unread != kSuccess) return unread;
    return complain({"there are no state machines here", "stepglass list shows what is found"});
  }
  std::vector<const analysis::Estimate*> estimates;
  for (const analysis::CostedMachine& machine : costed.report) {
    if (machine.estimate) estimates.push_back(&*machine.estimate);
  }
  for (const std::string& unused : analysis::unused_assumptions(files.request.assumptions, estimates)) warn(unused);
  for (const auto& [i, why] : analysis::unused_histories(*observed, estimates)) {
    warn(fmt::format("{} {}", display(options.observed[i]), why));
  }
  if (options.write_assumptions) {
    write(1, analysis::assumptions_file(costed.report, files.request.assumptions));
    return unread;
  }
  if (!options.infracost_usage.empty()) {
    std::ofstream file(options.infracost_usage, std::ios::binary);
    file << analysis::infracost_usage(costed.report);
    file.close();
    if (!file) return complain({fmt::format("{} cannot be written", display(options.infracost_usage)), ""});
  }
  std::optional<CostComparison> comparison;
  if (!options.compare_to.empty()) {
    auto before = costs_before(options, files);
    if (!before) return complain(before.error());
    comparison = analysis::compare_costs(*std::move(before), analysis::summaries(costed.report));
  }
  const auto limits = exceeded(*gates, costed.report, comparison ? &*comparison : nullptr);
  write_report(options, costed.report, comparison ? &*comparison : nullptr, limits);
  for (const std::string& limit : limits) warn(limit);
  if (!limits.empty()) return kFindings;
  // Of one machine that was asked for there has to be an estimate.
  if (costed.report.size() == 1 && !costed.report.front().estimate) return kWrongUse;
  return unread;
}

}  // namespace stepglass::cli
