#include "analysis/api/cost.h"

#include <fmt/format.h>

#include <utility>

#include "analysis/cost/derive.h"
#include "analysis/report/columns.h"
#include "analysis/rules/framework/machine_view.h"

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

}  // namespace stepglass::analysis
