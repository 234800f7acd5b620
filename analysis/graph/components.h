#pragma once
// Strong components: states that can all reach each other, such as those of a loop. Linear.

#include <cstdint>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

struct Components {
  /// The component of each vertex. One that others lead to has the smaller number.
  std::vector<std::uint32_t> of;
  std::uint32_t count = 0;
};
Components strong_components(const FlowGraph& graph);

/// A component with a way round in it: several states, or one that leads to itself.
struct Loop {
  std::vector<Vertex> states;  // in the order of their numbers
  std::vector<Edge> exits;     // the edges out of it, those to the exit included
};
/// All loops, in the order of their first states.
std::vector<Loop> find_loops(const FlowGraph& graph);

}  // namespace stepglass::analysis
