#pragma once
// The visits of states that a history tells of: which events belong to which visit, and how visits nest in Parallel and
// Map states. A visit lasts from …StateEntered to the event that leaves the state.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/interpreter/event.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

struct Visit {
  const State* state = nullptr;
  std::uint32_t entered = 0;               // id of …StateEntered
  std::uint32_t exited = 0;                // id of …StateExited; 0 when there is none
  std::optional<std::uint32_t> parent;     // the visit of the Parallel or Map around it
  std::uint32_t depth = 0;                 // Parallel and Map states around it
  std::optional<std::uint64_t> iteration;  // item of the innermost Map around it
  /// The visit that it handed over to, when there is one.
  std::optional<std::uint32_t> next;
};

struct Visits {
  std::vector<Visit> all;  // in the order in which they were entered
  /// By id of the event: its visit; nothing for events of the execution itself.
  std::vector<std::optional<std::uint32_t>> of_event;
};

/// `history` was kept and comes from a run of `machine`.
Visits find_visits(const History& history, const StateMachine& machine);

}  // namespace stepglass::analysis
