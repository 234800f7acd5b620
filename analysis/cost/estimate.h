#pragma once
// What a state machine costs: transitions, time and money of one execution and of a month, from its definition and from
// assumptions on what the definition leaves open.
//
//   Assumptions assumptions;
//   add_assumption("Reserve.items=4", assumptions);
//   const Estimate estimate = estimate_cost(machine, "order", definition.size(), assumptions);

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cost/assumptions.h"
#include "analysis/cost/prices.h"
#include "analysis/cost/scope_cost.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

/// Least, expected, most. `most` (and, in a loop that nobody leaves, `expected`) may be kUnbounded. No `least`: no
/// execution ends.
struct Bounds {
  std::optional<double> least;
  double expected = 0;
  double most = 0;
};

/// Money of a month; nothing where a price is not known.
struct MonthlyCost {
  std::optional<Usd> least, expected, most;
};

/// What changes most when an assumption does.
struct Lever {
  std::string machine;  // as in LedgerRow
  std::string state;
  std::string_view field;
  std::string change;  // "items + 1"
  Usd per_month = 0;   // by how much the expected cost changes
  double transitions = 0;
};

/// A state in the ledger, in the order of the definition, inner states behind theirs; or what executions of a machine
/// cost as such. Those of the machine come first, then those of each machine that is started. The rows sum up to what a
/// month is expected to cost.
struct LedgerRow {
  /// Empty for the machine itself; else the one that is started.
  std::string machine;
  /// Empty in the row of executions.
  std::string state;
  std::string_view type;  // "Task"; "Execution"
  std::size_t depth = 0;  // scopes around it
  /// Per execution, expected.
  double visits = 0;
  double transitions = 0;
  /// Its transitions are not billed as such: it runs in an Express execution. Of executions: they are Express ones.
  bool express = false;
  /// Of its transitions; of a distributed Map with Express children, their requests and duration, too. Of executions:
  /// requests and duration of Express ones.
  std::optional<Usd> per_month;
  std::vector<Basis> basis;
};

/// What costs nothing as such: states in Express executions, Standard executions.
inline bool is_unbilled(const LedgerRow& row) {
  return row.express != row.state.empty() && row.per_month == 0.0;
}

/// A way through the machine's own scope.
struct CostPath {
  enum class Kind : std::uint8_t { Cheapest, Likeliest, Dearest };
  Kind kind = Kind::Likeliest;
  /// States in order; a round that is gone several times is one piece: "(A → B) ×20".
  std::string text;
  double probability = 0;  // of Likeliest
  double transitions = 0;
  double seconds = 0;  // of Likeliest
};

/// The same executions as Express ones.
struct ExpressCost {
  /// Why it is not possible; empty: it is.
  std::vector<std::string> obstacles;
  /// Nothing where prices are not known.
  std::optional<Usd> per_month;
  double seconds = 0;
  /// It may well take longer, and cost more.
  bool is_least = false;
  double memory_mb = 0;   // billed
  double gb_seconds = 0;  // of a month
  /// How long an execution may take before it costs more than a Standard one, in whole steps of what is billed; 0 when
  /// it always does. Nothing where prices are not known, or where that makes no end.
  std::optional<double> break_even_seconds;
};

struct Estimate {
  std::string machine;
  MachineType type = MachineType::Standard;
  Prices prices;
  Assumed<double> executions_per_month;
  bool free_tier = false;

  /// Those of Standard executions that it starts included, which stand by themselves, too: of an Express machine they
  /// are all that is billed as transitions.
  Bounds transitions, started_transitions;
  Bounds seconds;
  /// Express executions that distributed Maps and tasks start, and their GB-seconds.
  Bounds child_requests, child_gb_seconds;
  MonthlyCost per_month;
  /// Of `transitions.expected`: what is counted although a failure in a branch or iteration may stop it.
  double stopped = 0;
  /// Executions that fail.
  double fails = 0;

  std::vector<LedgerRow> ledger;
  std::vector<CostPath> paths;
  std::vector<Lever> levers;
  /// As Express, when it is Standard; as it is, when it is Express.
  ExpressCost express;
  /// A Standard machine of the same transitions, when it is Express.
  std::optional<Usd> as_standard_per_month;
  /// What is not in it: "Lambda", "DynamoDB", …
  std::vector<std::string> not_included;
  std::vector<std::string> notes;
};

/// Executions of a month, where nobody says how many.
inline constexpr double kDefaultExecutions = 1'000'000;
/// The likeliest ways that are told of at most.
inline constexpr std::size_t kMaxCostPaths = 1000;

struct EstimateOptions {
  /// How many of the likeliest ways.
  std::size_t paths = 1;
  /// Work out what changes most; each takes an estimate of its own.
  bool levers = true;
  /// See CostContext.
  std::function<std::optional<MachineAtHand>(std::string_view arn)> machine_of = {};
};

/// `machine` was loaded without errors that matter to its flow and outlives the estimate.
Estimate estimate_cost(const StateMachine& machine, std::string_view name, std::size_t definition_bytes,
                       const Assumptions& assumptions, const EstimateOptions& options = {});

}  // namespace stepglass::analysis
