#pragma once
// The same question as estimate.h, asked of the interpreter: many executions, each by chance as assumed. The check of
// the sums, and what they cannot tell: how executions spread.
//
//   auto cost = simulate_cost(machine, "order", assumptions, {.executions = 100'000});

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "analysis/cost/assumptions.h"
#include "analysis/cost/scope_cost.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

struct Distribution {
  double mean = 0;
  /// Of the mean: the standard deviation by the root of the number of executions.
  double standard_error = 0;
  double least = 0, most = 0;
  /// Of 100 executions so many take no more.
  double p50 = 0, p95 = 0, p99 = 0;
};

struct SimulatedCost {
  std::uint64_t executions = 0;
  std::uint64_t seed = 0;
  /// Of an execution, those of Standard executions that it starts included, and these by themselves. Of an Express
  /// machine: states entered.
  Distribution transitions, started_transitions;
  Distribution seconds;
  /// Express executions that it starts.
  Distribution child_requests;
  std::uint64_t failed = 0;
};

inline constexpr std::uint64_t kMaxSimulatedExecutions = 10'000'000;
/// States that all executions together may be expected to enter. Each of them may take kMaxTransitions of the
/// interpreter.
inline constexpr double kMaxSimulatedSteps = 20e9;

struct SimulateOptions {
  std::uint64_t executions = 100'000;
  std::uint64_t seed = 1;
  /// Calls the work for each number below `count`, in any order, on several threads or on this one alone. What comes
  /// out does not depend on it.
  std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)> for_each = {};
  /// See CostContext.
  std::function<std::optional<MachineAtHand>(std::string_view arn)> machine_of = {};
};

/// `machine` was loaded without errors that matter to its flow. Fails with why the executions cannot be played: too
/// many transitions, one that does not end, a flow that is not whole.
Result<SimulatedCost, std::string> simulate_cost(const StateMachine& machine, std::string_view name,
                                                 const Assumptions& assumptions, const SimulateOptions& options);

}  // namespace stepglass::analysis
