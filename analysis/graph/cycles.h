#pragma once
// Ways round: from a vertex back to itself. Linear.

#include <cstdint>
#include <functional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// The edges of a shortest way from `v` back to itself along edges that `keep` takes; empty when there is none.
std::vector<Edge> shortest_cycle(const FlowGraph& graph, Vertex v, const std::function<bool(const Edge&)>& keep = {});

/// What the edges of the cheapest way from `v` back to itself cost together; the largest number when there is none.
/// O(n log n).
std::uint64_t cheapest_cycle(const FlowGraph& graph, Vertex v, const std::function<std::uint64_t(const Edge&)>& cost);

}  // namespace stepglass::analysis
