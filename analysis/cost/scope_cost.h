#pragma once
// What one run through a scope costs: its chain with probabilities and weights, and what follows from them. Scopes
// inside are worked out first and are a cost of the state that they belong to. Private to analysis/cost.
//
// What counts as a transition: every state that is entered, of whatever kind and wherever, and every retry of a state.
// Nothing else does: not starting or ending an execution, branches or iterations as such, catchers, waiting, nor the
// events of tasks. AWS publishes no exact rule. This one is what two others found that compared it with their bills,
// and agrees with "AWS counts a transition each time a step of your workflow is executed, including retries" (pricing
// page). Not certain: older examples of AWS also count a step from the start and one to the end, and whether the retry
// of a Parallel or Map counts as one besides the states that it enters again. engine/interpreter counts the same way.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/cost/assumptions.h"
#include "analysis/cost/attempts.h"
#include "analysis/cost/chain.h"
#include "analysis/cost/expected_flows.h"
#include "analysis/cost/extremes.h"
#include "analysis/graph/flow_graph.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

/// "12", "0.5", "1.234e+16": for people.
std::string amount_text(double number);

/// The ARN of the machine that a task starts, as far as it is literal; empty when it starts none.
std::string_view started_machine(const State& state);

/// What is counted.
enum class Metric : std::uint8_t {
  Transitions,    // those of executions of their own included where these are Standard ones
  Seconds,        // from the start to the end
  ChildRequests,  // Express executions that a distributed Map starts
  ChildGbSeconds  // what these are billed
};
inline constexpr std::size_t kMetricCount = 4;
using Amounts = std::array<double, kMetricCount>;
inline double& amount(Amounts& amounts, Metric metric) {
  return amounts[static_cast<std::size_t>(metric)];
}
inline double amount(const Amounts& amounts, Metric metric) {
  return amounts[static_cast<std::size_t>(metric)];
}

/// How a run through a scope ends; the exits of its chain.
enum class Ending : std::uint8_t {
  Success,
  Failure,     // by a Fail state, or by what happens inside of a state whose errors are known
  TaskFailure  // by an attempt that nobody catches; how likely that is nobody need have said
};
inline constexpr std::size_t kEndingCount = 3;

/// By ending; nothing where it cannot come to that.
using Endings = std::array<std::optional<double>, kEndingCount>;

/// What an edge of the chain is in the definition.
struct EdgeMeaning {
  Way way = Way::End;
  /// The number of the choice rule or catcher.
  std::uint32_t index = 0;
  /// Of an edge to a failure: the error.
  std::string error;
};

/// What is assumed of a state, with its origin. Each is a row of the ledger's "from".
struct Basis {
  std::string text;  // "items = 4"
  Origin origin = Origin::Default;
  std::string place = {};
  /// The assumption that would change it: "items". Empty where none would.
  std::string_view field = {};
  /// The value as it would stand in a file of assumptions.
  std::string value = {};
};

struct ScopeCost;

struct StateCost {
  const State* state = nullptr;
  Attempts attempts;
  /// One visit, expected; the visit's own transition and those of scopes inside included.
  Amounts visit{};
  /// How often one visit runs each of the scopes inside.
  double inner_runs = 0;
  std::vector<std::unique_ptr<ScopeCost>> inner;
  /// Scopes inside are executions of their own, which are billed as Express ones.
  bool express_children = false;
  double items = 0;  // of a Map; before batches are made of them
  std::vector<Basis> basis;
  /// Of an attempt of a task: how it fails, how long it takes. Of a Wait: how long.
  ErrorShares failures;
  double attempt_seconds = 0;
  /// The machine that each attempt of a task starts, and whether the task waits for it.
  const StateMachine* started = nullptr;
  std::unique_ptr<ScopeCost> started_cost;
};

struct ScopeCost {
  const Scope* scope = nullptr;
  Chain chain;
  std::vector<EdgeMeaning> meanings;  // by edge
  Flows flows;
  std::vector<StateCost> states;  // by their numbers
  /// One run, expected.
  Amounts expected{};
  /// Transitions that are counted although a failure may stop what would take them.
  double stopped = 0;
  /// How it fails, by error.
  ErrorShares errors;
  /// By metric: the least and the most of a run, by its ending.
  std::array<Endings, kMetricCount> least, most;
  /// Of transitions.
  Extreme fewest, most_transitions;
  /// Choices or rounds of it rest on something besides the definition, so that runs differ.
  bool varies = false;
};

/// What a run through a scope is worked out from.
struct CostContext {
  const Assumptions& assumptions;
  std::string_view machine;
  /// GB of memory that an Express child is billed for each second.
  double child_memory_gb = 0.0625;
  /// The machine that states:startExecution of `arn` starts, when its definition is at hand; else null.
  std::function<const StateMachine*(std::string_view arn)> machine_of = {};
  std::size_t machine_depth = 0;
  /// Things to tell, once each.
  std::vector<std::string> notes = {};
  bool settled = true;
  /// False when retriers of a state were too many to be gone through in all combinations.
  bool retries_exact = true;
  /// A number went beyond kLargestAmount.
  bool saturated = false;
};

/// Recursion follows the nesting of scopes, which loading bounds.
std::unique_ptr<ScopeCost> cost_of_scope(const Scope& scope, CostContext& context);

/// The smallest and the largest of all endings that are possible; nothing when there is none. `task_failures`: count
/// Ending::TaskFailure, too.
std::optional<double> least_of(const Endings& endings, bool task_failures);
std::optional<double> most_of(const Endings& endings, bool task_failures);

/// How deeply machines may start each other in an estimate; what they start beyond is not counted, with a note.
inline constexpr std::size_t kMaxMachineDepth = 8;

/// Assumed where nobody says anything.
inline constexpr double kDefaultItems = 10;
inline constexpr double kDefaultTaskSeconds = 1;
inline constexpr double kDefaultJobSeconds = 60;       // .sync
inline constexpr double kDefaultCallbackSeconds = 60;  // .waitForTaskToken and activities
inline constexpr double kDefaultWaitSeconds = 60;      // a Wait whose duration is not in the definition
/// A payload of 262,144 bytes holds no more items than this: "[1,1,…]".
inline constexpr double kMostItemsOfPayload = 131071;
/// Source: developer guide.
inline constexpr double kMostItemsOfReader = 100'000'000;

}  // namespace stepglass::analysis
