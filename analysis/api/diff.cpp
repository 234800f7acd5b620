#include "analysis/api/diff.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "analysis/api/cost.h"
#include "analysis/report/cost_report.h"

namespace stepglass::analysis {
namespace {

/// Without assumptions; nothing where there is no estimate.
std::optional<CostSummary> summary_of(const std::string& name, const Definition& definition) {
  CostRequest request;
  request.name = name;
  CostReport report(1);
  report.front().name = name;
  auto result = estimate(definition, request);
  if (!result) return std::nullopt;
  report.front().estimate = *std::move(result);
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

MachineType type_of(const FoundMachine& machine) { return machine.type.value_or(MachineType::Standard); }

Definition definition_of(FoundMachine& machine) {
  Document document = *std::move(machine.definition);
  LoadedMachine loaded = load_state_machine(document, type_of(machine));
  return {std::move(document), std::move(loaded)};
}

/// Why its definition is not at hand.
std::string reason_of(const FoundMachine& machine) {
  if (!machine.reason.empty()) return machine.reason;
  return machine.file.empty() ? "its definition is not at hand" : fmt::format("its definition is in {}", machine.file);
}

ComparedMachine compare_found(const std::string& name, FoundMachine& before, FoundMachine& after) {
  ComparedMachine machine;
  machine.name = name;
  for (const FoundMachine* side : {&before, &after}) {
    if (side->definition) continue;
    machine.unread = reason_of(*side);
    return machine;
  }
  const MachineType was = type_of(before);
  const MachineType is = type_of(after);
  machine = compare_machines(name, definition_of(before), definition_of(after));
  if (was != is) {
    const auto quoted = [](MachineType type) { return fmt::format("\"{}\"", machine_type_name(type)); };
    machine.diff.machine.insert(machine.diff.machine.begin(), {std::string(kMachineType), quoted(was), quoted(is)});
  }
  return machine;
}

/// By name; of equal names the first.
std::map<std::string, FoundMachine*> by_name(std::vector<FoundMachine>& machines) {
  std::map<std::string, FoundMachine*> names;
  for (FoundMachine& machine : machines) names.emplace(machine.name, &machine);
  return names;
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
  auto cost_before = summary_of(name, before);
  auto cost_after = summary_of(name, after);
  if (cost_before && cost_after) {
    rename_rows(*cost_before, machine.diff);
    machine.cost = std::move(compare_costs({*std::move(cost_before)}, {*std::move(cost_after)}).machines.front());
  }
  machine.name = std::move(name);
  return machine;
}

ComparedMachines compare_files(std::vector<FoundMachine> before, std::vector<FoundMachine> after) {
  auto olds = by_name(before);
  auto news = by_name(after);
  ComparedMachines machines;
  if (olds.size() == 1 && news.size() == 1) {
    machines.push_back(compare_found(news.begin()->first, *olds.begin()->second, *news.begin()->second));
    return machines;
  }
  for (auto& [name, machine] : news) {
    const auto old = olds.find(name);
    if (old != olds.end()) {
      machines.push_back(compare_found(name, *old->second, *machine));
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
