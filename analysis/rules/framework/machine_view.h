#pragma once
// What rules look at: a loaded state machine with its document, scope by scope.

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/graph/components.h"
#include "analysis/graph/flow_graph.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

class MachineView;
struct DataProblem;
struct DataProblems;
struct ScopedExpressionProblem;
struct VariableProblem;

/// One scope: the machine itself, a branch, a processor.
struct ScopeView {
  const MachineView& machine;
  const Scope& scope;
  /// The scope around, and the Parallel or Map in it that this belongs to; null for the machine itself.
  const ScopeView* outer = nullptr;
  const State* owner = nullptr;
  /// Its states run in an Express execution.
  bool express = false;
  /// The object that holds StartAt and States.
  Node object;
  /// The objects of the states, by their numbers.
  std::vector<Node> nodes = {};
  FlowGraph flow;
  /// Every state and transition is understood, so that what is not there can be relied on.
  bool complete = false;
  /// By vertex: whether the entry leads there.
  std::vector<bool> reached = {};
  std::vector<Loop> loops = {};

  const std::vector<State>& states() const { return scope.states; }
  /// The object of a state of this scope.
  Node node(const State& state) const { return nodes[flow.vertex(state)]; }
  bool reachable(const State& state) const { return reached[flow.vertex(state)]; }
  /// The scope of which a distributed Map makes executions of their own, which see no variables of those around.
  bool is_child_execution() const;
};

class MachineView {
 public:
  /// Both outlive this. `document` is what `machine` was loaded from.
  MachineView(const Document& document, const StateMachine& machine);
  MachineView(const MachineView&) = delete;
  MachineView& operator=(const MachineView&) = delete;
  ~MachineView();

  const Document& document() const { return document_; }
  const StateMachine& machine() const { return machine_; }
  /// Outer scopes before those inside them.
  const std::deque<ScopeView>& scopes() const { return scopes_; }
  /// See variables.h; found when first asked for.
  const std::vector<VariableProblem>& variable_problems() const;
  /// See data_flow.h; found when first asked for.
  const std::vector<DataProblem>& data_problems() const;
  /// See expressions.h; found together with data_problems().
  const std::vector<ScopedExpressionProblem>& expression_problems() const;
  /// The view of a branch or processor; null when its object could not be found.
  const ScopeView* find(const Scope& scope) const;

 private:
  const DataProblems& found_data_problems() const;
  void add(const Scope& scope, Node object, const ScopeView* outer, const State* owner, bool express);

  const Document& document_;
  const StateMachine& machine_;
  std::deque<ScopeView> scopes_;
  std::vector<std::pair<const Scope*, const ScopeView*>> by_scope_;  // sorted
  mutable std::unique_ptr<std::vector<VariableProblem>> variable_problems_;
  mutable std::unique_ptr<DataProblems> data_problems_;
};

/// The member `name` of a state's object, of a given kind.
std::optional<Node> member(Node object, std::string_view name, Node::Kind kind);

/// The place that stands for the whole of `node`: its key, or else its first byte.
Span head_of(Node node);

}  // namespace stepglass::analysis
