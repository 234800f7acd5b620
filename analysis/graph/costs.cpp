#include "analysis/graph/costs.h"

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "analysis/graph/boost_graph.h"

namespace stepglass::analysis::detail {

Costs costs_from(const FlowGraph& graph, Vertex from, const std::function<std::uint64_t(const Edge&)>& cost) {
  const Csr csr = make_csr(graph);
  const auto index = boost::get(boost::vertex_index, csr);
  Costs costs;
  // Edges of the compressed graph are numbered in the order of ours.
  costs.edges.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) costs.edges.push_back(std::min(cost(edge), kFar - 1));
  costs.of.assign(boost::num_vertices(csr), kFar);
  costs.before.resize(boost::num_vertices(csr));
  boost::dijkstra_shortest_paths(
      csr, from,
      boost::predecessor_map(boost::make_iterator_property_map(costs.before.begin(), index))
          .distance_map(boost::make_iterator_property_map(costs.of.begin(), index))
          .weight_map(boost::make_iterator_property_map(costs.edges.begin(), boost::get(boost::edge_index, csr)))
          .distance_inf(kFar)
          .distance_combine([](std::uint64_t a, std::uint64_t b) { return add_costs(a, b); }));
  return costs;
}

}  // namespace stepglass::analysis::detail
