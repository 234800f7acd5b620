#pragma once
// What a definition costs.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/api/api_error.h"
#include "analysis/api/definition.h"
#include "analysis/cost/estimate.h"
#include "analysis/cost/observe.h"
#include "analysis/cost/simulate.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

struct NamedDefinition {
  std::string name;
  /// Outlives the request.
  const Definition* definition = nullptr;
};

struct CostRequest {
  /// Of the machine: its own assumptions stand under it.
  std::string name;
  Assumptions assumptions;
  /// What executions of it did, where nothing is assumed; may be null.
  const Observations* observed = nullptr;
  /// How many of the likeliest ways to tell of.
  std::size_t paths = 1;
  /// Machines that tasks start, where their definitions are at hand; by ARN or name, under which their own assumptions
  /// stand.
  std::vector<NamedDefinition> machines = {};
};

/// With what the definition says of itself beside `request.assumptions`. Errors in it that leave the flow as it is do
/// not matter and are noted. Fails with InvalidDefinition when there is no flow.
Result<Estimate, ApiError> estimate(const Definition& definition, const CostRequest& request);

/// Executions played by the interpreter, by the same assumptions. Fails also with NotSimulated: see simulate_cost().
Result<SimulatedCost, ApiError> simulate(const Definition& definition, const CostRequest& request,
                                         SimulateOptions options);

/// What `request` assumes, what was observed, and what the definition says of itself; what comes first counts. Those of
/// machines that are started are among them.
Assumptions all_assumptions(const Definition& definition, const CostRequest& request);

/// The numbers of executions that are of none of the machines that `estimates` are of, and why, as what is said of
/// them: "is of another state machine: …".
std::vector<std::pair<std::size_t, std::string>> unused_histories(const Observations& observed,
                                                                  const std::vector<const Estimate*>& estimates);

/// What is assumed of states and machines that `estimates` do not have, in words; by name.
std::vector<std::string> unused_assumptions(const Assumptions& assumptions,
                                            const std::vector<const Estimate*>& estimates);

}  // namespace stepglass::analysis
