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
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analysis/cost/assumptions.h"
#include "analysis/cost/attempts.h"
#include "analysis/cost/chain.h"
#include "analysis/cost/expected_flows.h"
#include "analysis/cost/extremes.h"
#include "analysis/graph/flow_graph.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

/// 0 times something without end is 0.
inline double times(double a, double b) {
  return a == 0 || b == 0 ? 0 : a * b;
}

/// "12", "0.5", "1.234e+16": for people.
std::string amount_text(double number);

/// As a file of assumptions has it.
std::string number_text(double number);

/// The ARN of the machine that a task starts, as far as it is literal; empty when it starts none.
std::string_view started_machine(const State& state);

/// What is counted.
enum class Metric : std::uint8_t {
  Transitions,         // its own, and those of Standard executions that it starts
  StartedTransitions,  // the latter alone: they are billed whatever it is itself
  Seconds,             // from the start to the end
  ChildRequests,       // Express executions that it starts, by a distributed Map or a task
  ChildGbSeconds       // what these are billed
};
inline constexpr std::size_t kMetricCount = 5;
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

/// A machine whose definition is at hand, for tasks that start it.
struct MachineAtHand {
  /// Its assumptions stand under it.
  std::string name;
  const StateMachine* machine = nullptr;
  std::size_t definition_bytes = 0;
};

/// One that some task starts, with what an execution of it costs.
struct StartedMachine {
  MachineAtHand at_hand;
  std::unique_ptr<ScopeCost> cost;
  /// GB of memory that an execution is billed for, if it is an Express one.
  double memory_gb = 0;
};

/// The machines that are started in an estimate, each worked out once.
struct StartedMachines {
  /// Those that are worked out; what one starts itself stands before it. Places stay as they are.
  std::deque<StartedMachine> all;
  std::unordered_map<const StateMachine*, const StartedMachine*> by_machine;
  /// Those that are being worked out, outer ones first.
  std::vector<const StateMachine*> open;
};

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
  /// One visit, expected: so many of them, and what they are billed.
  double child_requests = 0, child_gb_seconds = 0;
  double items = 0;  // of a Map; before batches are made of them
  std::vector<Basis> basis;
  /// Of an attempt of a task: how it fails, how long it takes. Of a Wait: how long.
  ErrorShares failures;
  double attempt_seconds = 0;
  /// What each attempt of a task starts; null when that is nothing, or not at hand.
  const StartedMachine* started = nullptr;
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

/// What the cost of a machine is worked out from.
struct CostContext {
  const Assumptions& assumptions;
  std::string_view machine;
  std::size_t definition_bytes = 0;
  /// The machine that states:startExecution of `arn` starts, when its definition is at hand: the same one for the same
  /// ARN, and it outlives the costs.
  std::function<std::optional<MachineAtHand>(std::string_view arn)> machine_of = {};
  /// Shared by the machines of an estimate; outlives the costs, which point into it.
  std::shared_ptr<StartedMachines> started = std::make_shared<StartedMachines>();
  /// Things to tell, once each.
  std::vector<std::string> notes = {};
  std::unordered_set<std::string> told = {};  // the same
  bool settled = true;
  /// False when retriers of a state were too many to be gone through in all combinations.
  bool retries_exact = true;
  /// A number went beyond kLargestAmount.
  bool saturated = false;
  /// The expected time is a lower bound: branches or items vary.
  bool time_is_least = false;
  /// Machines start each other in a circle, or too deeply: what lies beyond is not counted.
  bool starts_cut = false;
};

/// One run through `scope`, inside of cost_of_machine().
std::unique_ptr<ScopeCost> cost_of_scope(const Scope& scope, CostContext& context);

/// One execution of `machine`. Recursion follows the nesting of scopes, which loading bounds, and that of started
/// machines, up to kMaxMachineDepth.
std::unique_ptr<ScopeCost> cost_of_machine(const StateMachine& machine, CostContext& context);

/// Machines and the runs of them in one execution of the machine that `root` is of, those that start others before
/// these. Pointers are into `started`.
std::vector<std::pair<const StartedMachine*, double>> started_runs(const ScopeCost& root,
                                                                   const StartedMachines& started);

/// Runs of branches and iterations inside of one run through `scope`, those of executions of their own left out.
double inner_steps(const ScopeCost& scope);

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
