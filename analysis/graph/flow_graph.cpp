#include "analysis/graph/flow_graph.h"

#include <algorithm>

#include "engine/support/sort.h"

namespace stepglass::analysis {

FlowGraph::FlowGraph(const Scope& scope) : scope_(&scope) {
  const std::size_t states = scope.states.size();
  first_.reserve(states + 3);
  edges_.reserve(states + states / 2 + 2);
  const auto add = [&](Vertex from, const Target& target, Way way, std::size_t index = 0) {
    if (target.state) {
      edges_.push_back({from, vertex(*target.state), way, static_cast<std::uint32_t>(index)});
    } else {
      missing_.push_back(
          {from, way, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(edges_.size()), &target});
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
    } else if (!state.has_unknown_kind || state.unknown_kind_ends) {
      edges_.push_back({from, exit(), Way::End, 0});
    }
    for (std::size_t i = 0; i < state.catchers.size(); ++i) add(from, state.catchers[i].next, Way::Catch, i);
  }
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  add(entry(), scope.start_at, Way::Start);
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
}

AllWays FlowGraph::all_ways() const {
  AllWays ways;
  for (const MissingTarget& one : missing_) {
    if (!one.target->name.empty()) ways.missing.push_back(one.target->name);
  }
  sort_stable(ways.missing);
  ways.missing.erase(std::unique(ways.missing.begin(), ways.missing.end()), ways.missing.end());
  auto next = edges_.begin();
  for (const MissingTarget& one : missing_) {
    const auto place = edges_.begin() + one.place;
    ways.edges.insert(ways.edges.end(), next, place);
    next = place;
    if (one.target->name.empty()) continue;
    const auto name = std::lower_bound(ways.missing.begin(), ways.missing.end(), one.target->name);
    const auto to = static_cast<Vertex>(vertex_count() + (name - ways.missing.begin()));
    ways.edges.push_back({one.from, to, one.way, one.index});
  }
  ways.edges.insert(ways.edges.end(), next, edges_.end());
  return ways;
}

}  // namespace stepglass::analysis
