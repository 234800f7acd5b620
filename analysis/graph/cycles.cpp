#include "analysis/graph/cycles.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>

#include "analysis/graph/boost_graph.h"
#include "analysis/graph/costs.h"

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
  const detail::Costs costs = detail::costs_from(graph, v, cost);
  std::uint64_t least = detail::kFar;
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const Edge& edge = graph.edges()[i];
    if (edge.to != v || costs.of[edge.from] == detail::kFar) continue;
    least = std::min(least, detail::add_costs(costs.of[edge.from], costs.edges[i]));
  }
  return least;
}

}  // namespace stepglass::analysis
