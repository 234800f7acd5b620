#pragma once
// What the cheapest ways from a vertex cost. Private to analysis/graph.

#include <cstdint>
#include <functional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis::detail {

/// There is no way. Sums end one below.
inline constexpr std::uint64_t kFar = UINT64_MAX;
inline std::uint64_t add_costs(std::uint64_t a, std::uint64_t b) {
  return b >= kFar - 1 || a > kFar - 1 - b ? kFar - 1 : a + b;
}

struct Costs {
  std::vector<std::uint64_t> edges;  // of each edge of the graph
  std::vector<std::uint64_t> of;     // by vertex: of the cheapest way there
  std::vector<Vertex> before;        // by vertex: the last one before it on that way
};
Costs costs_from(const FlowGraph& graph, Vertex from, const std::function<std::uint64_t(const Edge&)>& cost);

}  // namespace stepglass::analysis::detail
