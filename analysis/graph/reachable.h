#pragma once
// Which vertices can come after, or before, another one. Linear.

#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// By vertex: true for `start` and what can be reached from it.
std::vector<bool> reachable_from(const FlowGraph& graph, Vertex start);

/// By vertex: true for `target` and what it can be reached from.
std::vector<bool> reaching(const FlowGraph& graph, Vertex target);

}  // namespace stepglass::analysis
