#pragma once
// How many events an execution's history surely gets, and how many bytes a result surely has. Both are lower bounds:
// what is not known counts as nothing. For Standard executions, whose history ends at kMaxHistoryEvents.
//
// Events as the engine emits them: Pass, Choice, Wait and Succeed 2, Fail 1; a Task 5, or 6 when it waits for a job or
// a callback; an inline Map 4 and for each item 2 and what its states do; a distributed Map 6; a Parallel 4 and what
// its branches do; the execution 2. Counted over recorded histories; tested by tests/analysis/rules/
// history_limit_certain.md.

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/graph/paths.h"
#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

class HistoryBounds {
 public:
  explicit HistoryBounds(const MachineView& machine);

  /// The cheapest way on which the scope ends well, and its events; loops whose turns are known count with all of
  /// them. Nothing when no way ends well, or when the scope is not understood.
  const std::optional<CheapestPath>& least(const ScopeView& scope) const;
  /// Events of `state` when it ends well.
  std::uint64_t of_state(const ScopeView& scope, const State& state) const;
  /// Events of the state that `edge` leaves.
  std::uint64_t of_edge(const ScopeView& scope, const Edge& edge) const;
  /// Bytes that the output of the scope has at least.
  std::uint64_t least_bytes(const ScopeView& scope) const;

 private:
  struct Bounds {
    std::optional<CheapestPath> least;
    std::uint64_t least_bytes = 0;
    std::vector<std::uint64_t> events;  // by state
  };
  std::size_t place_of(const ScopeView& scope) const;
  const Bounds& of(const ScopeView& scope) const;
  std::uint64_t count(const ScopeView& scope, const State& state) const;
  std::uint64_t output_bytes(const ScopeView& scope, const State& state) const;
  void find(const ScopeView& scope);

  const MachineView& machine_;
  std::vector<std::pair<const ScopeView*, Bounds>> bounds_;  // sorted
};

/// The number of items of an inline Map, when it always is the same.
std::optional<std::uint64_t> known_items(const ScopeView& scope, const State& state);

/// The scope is the whole of an execution with a history that ends: the machine, or the processor of a distributed Map.
bool has_history(const ScopeView& scope);

}  // namespace stepglass::analysis
