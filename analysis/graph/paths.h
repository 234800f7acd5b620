#pragma once
// A way from one vertex to another, to be shown to people. Linear.

#include <functional>
#include <optional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// The edges of a shortest way from `from` to `to` along edges that `keep` takes; of several the one found first in the
/// order of edges. Empty when there is none, or when `from` is `to`.
std::vector<Edge> shortest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                const std::function<bool(const Edge&)>& keep = {});

struct CheapestPath {
  std::vector<Edge> edges;
  std::uint64_t cost = 0;
};
/// A way on which the costs of the vertices, both ends included, sum up to the least; nothing when there is no way.
/// O(n log n). Sums end at the largest number.
std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(Vertex)>& cost);

/// The same with the costs of the edges alone.
std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(const Edge&)>& cost);

/// The states of a way, its start included; entry and exit left out.
std::vector<const State*> states_of(const FlowGraph& graph, const std::vector<Edge>& path);

}  // namespace stepglass::analysis
