#pragma once
// A FlowGraph as Boost.Graph wants it. Private to analysis/graph.

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <utility>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis::detail {

using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                               boost::no_property, std::uint32_t, std::uint32_t>;

/// `graph` with the edges that `keep` takes.
template <typename Keep>
Csr make_csr(const FlowGraph& graph, Keep keep) {
  std::vector<std::pair<Vertex, Vertex>> edges;
  edges.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) {
    if (keep(edge)) edges.emplace_back(edge.from, edge.to);
  }
  return Csr(boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<Vertex>(graph.vertex_count()));
}

inline Csr make_csr(const FlowGraph& graph) {
  return make_csr(graph, [](const Edge&) { return true; });
}

/// `graph` with the edges that `keep` takes turned round.
template <typename Keep>
Csr make_reverse_csr(const FlowGraph& graph, Keep keep) {
  std::vector<std::pair<Vertex, Vertex>> edges;
  edges.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) {
    if (keep(edge)) edges.emplace_back(edge.to, edge.from);
  }
  return Csr(boost::edges_are_unsorted, edges.begin(), edges.end(), static_cast<Vertex>(graph.vertex_count()));
}

inline Csr make_reverse_csr(const FlowGraph& graph) {
  return make_reverse_csr(graph, [](const Edge&) { return true; });
}

}  // namespace stepglass::analysis::detail
