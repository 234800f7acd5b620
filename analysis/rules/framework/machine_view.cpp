#include "analysis/rules/framework/machine_view.h"

#include <algorithm>

#include "analysis/graph/reachable.h"
#include "analysis/rules/framework/data_flow.h"
#include "analysis/rules/framework/history_bounds.h"
#include "analysis/rules/framework/variables.h"
#include "engine/model/placeholder.h"
#include "engine/support/sort.h"

namespace stepglass::analysis {
namespace {

/// Whether the loader could understand what comes after the state that `node` defines. Its transitions themselves are
/// in the graph.
bool is_understood(const State& state, Node node) {
  if (!node.is_object() || contains_placeholder(state.name)) return false;
  const auto type = node.find("Type");
  if (!type || !type->is_string() || type->text() != kind_name(state)) return false;
  if (state.next) return true;
  switch (state.kind.index()) {
    case 2:  // Choice
    case 4:  // Succeed
    case 5:  // Fail
      return true;
    default: {
      const auto end = node.find("End");
      return end && end->is_boolean() && end->boolean();
    }
  }
}

}  // namespace

std::optional<Node> member(Node object, std::string_view name, Node::Kind kind) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(name);
  return found && found->kind() == kind ? found : std::nullopt;
}

Span head_of(Node node) {
  const Span key = node.key_span();
  if (key.begin != key.end) return key;
  const Span span = node.span();
  return node.is_object() || node.is_array() ? Span{span.begin, std::min(span.begin + 1, span.end)} : span;
}

bool ScopeView::is_child_execution() const {
  const auto* map = owner ? std::get_if<Map>(&owner->kind) : nullptr;
  return map && map->distributed;
}

MachineView::MachineView(const Document& document, const StateMachine& machine)
    : document_(document), machine_(machine) {
  if (const auto root = document.root(); root && root->is_object()) {
    add(machine.scope, *root, nullptr, nullptr, machine.type == MachineType::Express);
  }
  for (const ScopeView& view : scopes_) by_scope_.emplace_back(&view.scope, &view);
  sort_stable(by_scope_, [](const auto& a, const auto& b) { return std::less<const Scope*>()(a.first, b.first); });
}

MachineView::~MachineView() = default;

const std::vector<VariableProblem>& MachineView::variable_problems() const {
  if (!variable_problems_) {
    variable_problems_ = std::make_unique<std::vector<VariableProblem>>(find_variable_problems(*this));
  }
  return *variable_problems_;
}

const DataFacts& MachineView::data_facts() const {
  if (!data_facts_) data_facts_ = std::make_unique<DataFacts>(find_data_facts(*this));
  return *data_facts_;
}

const HistoryBounds& MachineView::history_bounds() const {
  if (!history_bounds_) history_bounds_ = std::make_unique<HistoryBounds>(*this);
  return *history_bounds_;
}

// Recursion follows the nesting of the definition, which reading bounds by kMaxDepth.
void MachineView::add(const Scope& scope, Node object, const ScopeView* outer, const State* owner, bool express) {
  const auto states = member(object, "States", Node::Kind::Object);
  if (!states || scope.states.empty()) return;
  std::vector<Node> nodes;
  nodes.reserve(scope.states.size());
  // The states were loaded in the order of the document; of equal keys only the last.
  for (auto child = states->first_child(); child && nodes.size() < scope.states.size(); child = child->next_sibling()) {
    const State& state = scope.states[nodes.size()];
    if (child->span() == state.span && child->key() == state.name) nodes.push_back(*child);
  }
  if (nodes.size() != scope.states.size()) return;

  ScopeView& view = scopes_.emplace_back(ScopeView{.machine = *this,
                                                   .scope = scope,
                                                   .outer = outer,
                                                   .owner = owner,
                                                   .express = express,
                                                   .object = object,
                                                   .nodes = std::move(nodes),
                                                   .flow = FlowGraph(scope)});
  view.complete = view.flow.is_complete();
  for (std::size_t i = 0; i < scope.states.size() && view.complete; ++i) {
    view.complete = is_understood(scope.states[i], view.nodes[i]);
  }
  view.reached = reachable_from(view.flow, view.flow.entry());
  view.loops = find_loops(view.flow);

  for (const State& state : scope.states) {
    const Node node = view.node(state);
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      const auto branches = member(node, "Branches", Node::Kind::Array);
      if (!branches || branches->size() != parallel->branches.size()) continue;
      std::size_t i = 0;
      for (auto branch = branches->first_child(); branch; branch = branch->next_sibling()) {
        add(parallel->branches[i++], *branch, &view, &state, express);
      }
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      auto processor = member(node, "ItemProcessor", Node::Kind::Object);
      if (!processor) processor = member(node, "Iterator", Node::Kind::Object);
      if (processor) add(map->processor, *processor, &view, &state, express || map->express_children);
    }
  }
}

const ScopeView* MachineView::find(const Scope& scope) const {
  const auto at = std::lower_bound(by_scope_.begin(), by_scope_.end(), &scope, [](const auto& entry, const Scope* s) {
    return std::less<const Scope*>()(entry.first, s);
  });
  return at != by_scope_.end() && at->first == &scope ? at->second : nullptr;
}

}  // namespace stepglass::analysis
