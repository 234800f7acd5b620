#include "analysis/graph/cycles.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "analysis/graph/boost_graph.h"

namespace stepglass::analysis {

std::vector<Edge> shortest_cycle(const FlowGraph& graph, Vertex v, const std::function<bool(const Edge&)>& keep) {
  // Distances to v are found by one search against the edges; the way then goes down along them.
  std::vector<std::pair<Vertex, Vertex>> turned;
  turned.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) {
    if (!keep || keep(edge)) turned.emplace_back(edge.to, edge.from);
  }
  const detail::Csr csr(boost::edges_are_unsorted, turned.begin(), turned.end(),
                        static_cast<Vertex>(graph.vertex_count()));
  const std::size_t count = boost::num_vertices(csr);
  const auto index = boost::get(boost::vertex_index, csr);
  constexpr std::uint32_t kFar = UINT32_MAX;
  std::vector<std::uint32_t> distance(count, kFar);
  distance[v] = 0;
  std::vector<boost::default_color_type> colours(count, boost::white_color);
  boost::queue<Vertex> queue;
  const auto visitor = boost::make_bfs_visitor(
      boost::record_distances(boost::make_iterator_property_map(distance.begin(), index), boost::on_tree_edge()));
  boost::breadth_first_visit(csr, v, queue, visitor, boost::make_iterator_property_map(colours.begin(), index));

  std::vector<Edge> cycle;
  Vertex at = v;
  do {
    const Edge* best = nullptr;
    for (const Edge& edge : graph.out(at)) {
      if ((keep && !keep(edge)) || distance[edge.to] == kFar) continue;
      if (!best || distance[edge.to] < distance[best->to]) best = &edge;
    }
    if (!best) return {};
    cycle.push_back(*best);
    at = best->to;
  } while (at != v);
  return cycle;
}

std::uint64_t cheapest_cycle(const FlowGraph& graph, Vertex v, const std::function<std::uint64_t(const Edge&)>& cost) {
  constexpr std::uint64_t kFar = UINT64_MAX;
  const auto add = [](std::uint64_t a, std::uint64_t b) { return a > kFar - 1 - b ? kFar - 1 : a + b; };
  const detail::Csr csr = detail::make_csr(graph);
  const auto index = boost::get(boost::vertex_index, csr);
  std::vector<std::uint64_t> weights;
  weights.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) weights.push_back(std::min(cost(edge), kFar - 1));
  std::vector<std::uint64_t> distance(boost::num_vertices(csr), kFar);
  boost::dijkstra_shortest_paths(
      csr, v,
      boost::distance_map(boost::make_iterator_property_map(distance.begin(), index))
          .weight_map(boost::make_iterator_property_map(weights.begin(), boost::get(boost::edge_index, csr)))
          .distance_inf(kFar)
          .distance_combine(add));
  std::uint64_t least = kFar;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Edge& edge = graph.edges()[i];
    if (edge.to == v && distance[edge.from] != kFar) least = std::min(least, add(distance[edge.from], weights[i]));
  }
  return least;
}

}  // namespace stepglass::analysis
