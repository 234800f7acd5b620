#include "analysis/api/diff.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "analysis/api/cost.h"
#include "analysis/report/cost_report.h"

namespace stepglass::analysis {
namespace {

CostSummary summary_of(const std::string& name, const Definition& definition) {
  CostRequest request;
  request.name = name;
  CostReport report(1);
  report.front().name = name;
  auto result = estimate(definition, request);
  if (result) {
    report.front().estimate = *std::move(result);
  } else {
    report.front().reason = result.error().message;
  }
  return std::move(summaries(report).front());
}

/// Under their later names, so that a state that is called otherwise is no reason for anything.
void rename_rows(CostSummary& cost, const MachineDiff& diff) {
  std::map<std::string_view, std::string_view> names;
  for (const StateChange& change : diff.states) {
    if (change.kind == StateChange::Kind::Renamed) names.emplace(change.former_name, change.name);
  }
  for (CostSummary::Row& row : cost.rows) {
    if (const auto found = names.find(row.state); found != names.end()) row.state = found->second;
  }
}

Definition definition_of(FoundMachine& machine) {
  Document document = *std::move(machine.definition);
  LoadedMachine loaded = load_state_machine(document, machine.type.value_or(MachineType::Standard));
  return {std::move(document), std::move(loaded)};
}

/// Those whose definitions are at hand; of equal names the first.
std::map<std::string, FoundMachine*> readable(std::vector<FoundMachine>& machines) {
  std::map<std::string, FoundMachine*> by_name;
  for (FoundMachine& machine : machines) {
    if (machine.definition) by_name.emplace(machine.name, &machine);
  }
  return by_name;
}

}  // namespace

std::optional<std::string> unreadable(const Document& definition) {
  if (const auto root = definition.root(); root && root->is_object()) return std::nullopt;
  for (const Diagnostic& diagnostic : definition.diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    const Position at = definition.position(diagnostic.span.begin);
    return fmt::format("line {}, column {}: {}", at.line, at.column, diagnostic.message);
  }
  return "a definition is an object";
}

ComparedMachine compare_machines(std::string name, const Definition& before, const Definition& after) {
  ComparedMachine machine;
  machine.diff = diff(before.document, after.document);
  if (!machine.diff.is_empty()) {
    CostSummary cost_before = summary_of(name, before);
    rename_rows(cost_before, machine.diff);
    auto costs = compare_costs({std::move(cost_before)}, {summary_of(name, after)});
    machine.cost = std::move(costs.machines.front());
  }
  machine.name = std::move(name);
  return machine;
}

ComparedMachines compare_files(std::vector<FoundMachine> before, std::vector<FoundMachine> after) {
  auto olds = readable(before);
  auto news = readable(after);
  ComparedMachines machines;
  if (olds.size() == 1 && news.size() == 1) {
    machines.push_back(compare_machines(news.begin()->first, definition_of(*olds.begin()->second),
                                        definition_of(*news.begin()->second)));
    return machines;
  }
  for (auto& [name, machine] : news) {
    const auto old = olds.find(name);
    if (old != olds.end()) {
      machines.push_back(compare_machines(name, definition_of(*old->second), definition_of(*machine)));
    } else {
      ComparedMachine& added = machines.emplace_back();
      added.name = name;
      added.is_added = true;
    }
  }
  for (const auto& [name, machine] : olds) {
    if (news.contains(name)) continue;
    ComparedMachine& removed = machines.emplace_back();
    removed.name = name;
    removed.is_removed = true;
  }
  return machines;
}

}  // namespace stepglass::analysis
