#include "analysis/graph/flow_graph.h"

#include "engine/support/match.h"

namespace stepglass::analysis {

FlowGraph::FlowGraph(const Scope& scope) : scope_(&scope) {
  const std::size_t states = scope.states.size();
  first_.reserve(states + 3);
  edges_.reserve(states + states / 2 + 2);
  const auto add = [&](Vertex from, const Target& target, Way way, std::size_t index = 0) {
    if (target.state) {
      edges_.push_back({from, vertex(*target.state), way, static_cast<std::uint32_t>(index)});
    } else {
      missing_.push_back({from, way, static_cast<std::uint32_t>(index), &target});
    }
  };
  for (const State& state : scope.states) {
    const Vertex from = vertex(state);
    first_.push_back(static_cast<std::uint32_t>(edges_.size()));
    if (const auto* choice = std::get_if<stepglass::Choice>(&state.kind)) {
      for (std::size_t i = 0; i < choice->choices.size(); ++i) add(from, choice->choices[i].next, Way::Choice, i);
      if (choice->default_next) add(from, *choice->default_next, Way::Default);
    } else if (state.next) {
      add(from, *state.next, Way::Next);
    } else {
      edges_.push_back({from, exit(), Way::End, 0});
    }
    for (std::size_t i = 0; i < state.catchers.size(); ++i) add(from, state.catchers[i].next, Way::Catch, i);
  }
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  add(entry(), scope.start_at, Way::Start);
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
}

}  // namespace stepglass::analysis
