#include "analysis/graph/paths.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <optional>

#include "analysis/graph/boost_graph.h"
#include "analysis/graph/costs.h"

namespace stepglass::analysis {

std::vector<Edge> shortest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                const std::function<bool(const Edge&)>& keep) {
  if (from == to) return {};
  const detail::Csr csr = keep ? detail::make_csr(graph, keep) : detail::make_csr(graph);
  const std::size_t count = boost::num_vertices(csr);
  const auto index = boost::get(boost::vertex_index, csr);
  std::vector<Vertex> predecessor(count);
  for (Vertex v = 0; v < count; ++v) predecessor[v] = v;
  std::vector<boost::default_color_type> colours(count, boost::white_color);
  boost::queue<Vertex> queue;
  const auto visitor = boost::make_bfs_visitor(
      boost::record_predecessors(boost::make_iterator_property_map(predecessor.begin(), index), boost::on_tree_edge()));
  boost::breadth_first_visit(csr, from, queue, visitor, boost::make_iterator_property_map(colours.begin(), index));
  if (colours[to] == boost::white_color) return {};
  std::vector<Edge> path;
  for (Vertex v = to; v != from; v = predecessor[v]) {
    for (const Edge& edge : graph.out(predecessor[v])) {
      if (edge.to != v || (keep && !keep(edge))) continue;
      path.push_back(edge);
      break;
    }
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(Vertex)>& cost) {
  // An edge costs what the vertex at its end does.
  auto path = cheapest_path(graph, from, to, [&](const Edge& edge) { return cost(edge.to); });
  if (path) path->cost = detail::add_costs(path->cost, cost(from));
  return path;
}

std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(const Edge&)>& cost) {
  const detail::Costs costs = detail::costs_from(graph, from, cost);
  if (costs.of[to] == detail::kFar) return std::nullopt;
  CheapestPath path;
  path.cost = costs.of[to];
  for (Vertex v = to; v != from; v = costs.before[v]) {
    const Edge* best = nullptr;
    for (const Edge& edge : graph.out(costs.before[v])) {
      if (edge.to == v && (!best || cost(edge) < cost(*best))) best = &edge;
    }
    path.edges.push_back(*best);
  }
  std::reverse(path.edges.begin(), path.edges.end());
  return path;
}

std::vector<const State*> states_of(const FlowGraph& graph, const std::vector<Edge>& path) {
  std::vector<const State*> states;
  if (path.empty()) return states;
  if (graph.is_state(path.front().from)) states.push_back(&graph.state(path.front().from));
  for (const Edge& edge : path) {
    if (graph.is_state(edge.to)) states.push_back(&graph.state(edge.to));
  }
  return states;
}

}  // namespace stepglass::analysis
