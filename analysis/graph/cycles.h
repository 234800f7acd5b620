#pragma once
// Ways round: from a vertex back to itself. Linear.

#include <functional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// The edges of a shortest way from `v` back to itself along edges that `keep` takes; empty when there is none.
std::vector<Edge> shortest_cycle(const FlowGraph& graph, Vertex v, const std::function<bool(const Edge&)>& keep = {});

}  // namespace stepglass::analysis
