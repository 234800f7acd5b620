#pragma once
// What a definition costs.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "analysis/api/definition.h"
#include "analysis/cost/estimate.h"
#include "analysis/cost/observe.h"
#include "analysis/cost/simulate.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

struct CostRequest {
  /// Of the machine: its own assumptions stand under it.
  std::string name;
  Assumptions assumptions;
  /// What executions of it did, where nothing is assumed; may be null.
  const Observations* observed = nullptr;
  /// How many of the likeliest ways to tell of.
  std::size_t paths = 1;
  /// See EstimateOptions.
  std::function<const StateMachine*(std::string_view arn)> machine_of = {};
};

/// With what the definition says of itself beside `request.assumptions`. Errors in it that leave the flow as it is do
/// not matter and are noted. Fails with InvalidDefinition when there is no flow.
Result<Estimate, ApiError> estimate(const Definition& definition, const CostRequest& request);

/// Executions played by the interpreter, by the same assumptions. Fails also with NotSimulated: see simulate_cost().
Result<SimulatedCost, ApiError> simulate(const Definition& definition, const CostRequest& request,
                                         SimulateOptions options);

/// What `request` assumes, what was observed, and what the definition says of itself; what comes first counts.
Assumptions all_assumptions(const Definition& definition, const CostRequest& request);

/// What is assumed of states and machines that `estimates` do not have, in words; by name.
std::vector<std::string> unused_assumptions(const Assumptions& assumptions,
                                            const std::vector<const Estimate*>& estimates);

}  // namespace stepglass::analysis
