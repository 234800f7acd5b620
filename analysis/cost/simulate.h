#pragma once
// The check of the closed form: the machine is run many times by the interpreter, with the same assumptions. What data
// would decide is decided by chance: choices, failures, numbers of items. The way through the definition, retriers and
// their counters, catchers, branches that stop each other are the interpreter's own.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cost/assumptions.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// How an amount is spread over executions.
struct Spread {
  double mean = 0;
  /// Standard error of the mean.
  double error = 0;
  double least = 0, most = 0;
  double p50 = 0, p95 = 0, p99 = 0;
};

struct Simulation {
  std::uint64_t executions = 0;
  Spread transitions;
  Spread seconds;
  double failed = 0;  // the share that failed
  /// Executions that were given up after kMaxTransitions; they are not among the others.
  std::uint64_t endless = 0;
};

struct SimulateOptions {
  std::uint64_t executions = 10'000;
  std::uint64_t seed = 0;
  /// Threads; the figures are the same for any number.
  unsigned jobs = 1;
};

/// The definition that is simulated: the states of `machine` with their transitions, retriers and catchers, and with
/// chance in place of data. JSON.
std::string chance_definition(const StateMachine& machine, std::string_view name, const Assumptions& assumptions);

/// Runs `machine` so many times. Fails with why it cannot be simulated.
Result<Simulation, std::string> simulate_cost(const StateMachine& machine, std::string_view name,
                                              const Assumptions& assumptions, const SimulateOptions& options);

}  // namespace stepglass::analysis
