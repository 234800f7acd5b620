#include "analysis/api/cost.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "analysis/cost/derive.h"
#include "analysis/report/columns.h"
#include "analysis/rules/framework/machine_view.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// Why nothing can be said of the flow; nothing when something can.
std::optional<ApiError> fault_of(const Definition& definition) {
  if (definition.loaded.machine && definition.loaded.machine->scope.start_at.state) return std::nullopt;
  const auto loaded = check_runnable(definition);
  if (!loaded) return loaded.error();
  return ApiError{"InvalidDefinition", "StartAt names no state", {}};
}

}  // namespace

Assumptions all_assumptions(const Definition& definition, const CostRequest& request) {
  Assumptions assumptions = request.assumptions;
  if (!definition.loaded.machine) return assumptions;
  if (request.observed) request.observed->assume(*definition.loaded.machine, request.name, assumptions);
  const MachineView view(definition.document, *definition.loaded.machine);
  derive_assumptions(view, request.name, assumptions);
  return assumptions;
}

Result<Estimate, ApiError> estimate(const Definition& definition, const CostRequest& request) {
  if (auto fault = fault_of(definition)) return *std::move(fault);
  const auto root = definition.document.root();
  const std::size_t bytes = root ? root->span().end - root->span().begin : definition.document.text().size();
  EstimateOptions options;
  options.paths = request.paths;
  options.machine_of = request.machine_of;
  Estimate result =
      estimate_cost(*definition.loaded.machine, request.name, bytes, all_assumptions(definition, request), options);
  std::size_t errors = 0;
  for (const Diagnostic& diagnostic : definition.loaded.diagnostics) errors += diagnostic.severity == Severity::Error;
  if (errors > 0) {
    result.notes.insert(result.notes.begin(), fmt::format("The definition has {}: \"stepglass lint\" tells of them.",
                                                          counted(errors, "error")));
  }
  return result;
}

Result<SimulatedCost, ApiError> simulate(const Definition& definition, const CostRequest& request,
                                         SimulateOptions options) {
  if (auto fault = fault_of(definition)) return *std::move(fault);
  options.machine_of = request.machine_of;
  auto result = simulate_cost(*definition.loaded.machine, request.name, all_assumptions(definition, request), options);
  if (!result) return ApiError{"NotSimulated", std::move(result).error(), {}};
  return *std::move(result);
}

std::vector<std::string> unused_assumptions(const Assumptions& assumptions,
                                            const std::vector<const Estimate*>& estimates) {
  std::vector<std::string> unused;
  std::set<std::string_view> machines, all_states;
  std::map<std::string_view, std::set<std::string_view>> states;
  for (const Estimate* estimate : estimates) {
    machines.insert(estimate->machine);
    for (const LedgerRow& row : estimate->ledger) {
      states[estimate->machine].insert(row.state);
      all_states.insert(row.state);
    }
  }
  const auto tell = [&](std::string_view what, std::string_view name, const std::set<std::string_view>& known) {
    const auto meant = nearest(name, known);
    unused.push_back(fmt::format("there is no {} \"{}\", of which something is assumed{}", what, display_word(name),
                                 meant ? fmt::format("; did you mean \"{}\"?", display_word(*meant)) : std::string()));
  };
  for (const auto& [state, assumed] : assumptions.all.states) {
    if (!all_states.contains(state)) tell("state", state, all_states);
  }
  for (const auto& [machine, own] : assumptions.machines) {
    if (!machines.contains(machine)) {
      tell("state machine", machine, machines);
      continue;
    }
    for (const auto& [state, assumed] : own.states) {
      if (!states[machine].contains(state)) tell("state", state, states[machine]);
    }
  }
  return unused;
}

}  // namespace stepglass::analysis
