// Events form a chain by previousEventId, but the chain does not stay inside a visit: MapStateSucceeded follows an
// event of an iteration, the first event of a branch follows ParallelStateStarted. What helps is that the state of an
// event and the Parallel or Map around it are known from the definition: the visit of an event is found by going
// outwards from the visit of the event before it until the state fits. E.g. Map M with state A inside:
//
//   2 MapStateEntered M < 0         visit 0 of M
//   3 MapStateStarted M < 2         outwards from visit 0: M fits
//   4 MapIterationStarted M 0 < 3   visit 0
//   5 PassStateEntered A < 4        a new visit inside visit 0, iteration 0 as event 4 says
//   6 PassStateExited A < 5         visit 1
//   7 MapIterationSucceeded M < 6   outwards from visit 1: visit 0
//
// Tested in tests/analysis/report/visits_test.cpp.

#include "analysis/report/visits.h"

#include <unordered_map>

namespace stepglass::analysis {
namespace {

using Parents = std::unordered_map<const State*, const State*>;

void find_parents(const Scope& scope, const State* parent, Parents& parents) {
  for (const State& state : scope.states) {
    if (parent) parents.emplace(&state, parent);
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) find_parents(branch, &state, parents);
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      if (!map->distributed) find_parents(map->processor, &state, parents);
    }
  }
}

}  // namespace

Visits find_visits(const History& history, const StateMachine& machine) {
  Visits visits;
  if (!history.keeps()) return visits;
  Parents parents;
  find_parents(machine.scope, nullptr, parents);
  visits.of_event.resize(std::size_t{history.size()} + 1);
  for (std::uint32_t id = 1; id <= history.size(); ++id) {
    const Event& event = history[id];
    if (!event.state) continue;
    std::optional<std::uint32_t> before = visits.of_event[event.previous];
    const auto outwards_to = [&](const State* state) -> std::optional<std::uint32_t> {
      auto at = before;
      while (at && visits.all[*at].state != state) at = visits.all[*at].parent;
      return at;
    };
    if (!is_state_entered(event.type)) {
      visits.of_event[id] = outwards_to(event.state);
      if (is_state_exited(event.type) && visits.of_event[id]) visits.all[*visits.of_event[id]].exited = id;
      continue;
    }
    Visit visit;
    visit.state = event.state;
    visit.entered = id;
    if (const auto parent = parents.find(event.state); parent != parents.end()) {
      visit.parent = outwards_to(parent->second);
    }
    if (visit.parent) visit.depth = visits.all[*visit.parent].depth + 1;
    const auto index = static_cast<std::uint32_t>(visits.all.size());
    if (event.previous != 0 && history[event.previous].type == EventType::MapIterationStarted) {
      visit.iteration = static_cast<std::uint64_t>(history[event.previous].data.as_integer());
    } else if (before && visits.all[*before].parent == visit.parent && *before != visit.parent) {
      visit.iteration = visits.all[*before].iteration;
      visits.all[*before].next = index;
    } else if (visit.parent) {
      visit.iteration = visits.all[*visit.parent].iteration;
    }
    visits.all.push_back(visit);
    visits.of_event[id] = index;
  }
  return visits;
}

}  // namespace stepglass::analysis
