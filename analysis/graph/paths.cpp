#include "analysis/graph/paths.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <optional>

#include "analysis/graph/boost_graph.h"

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

namespace {

constexpr std::uint64_t kFar = UINT64_MAX;

constexpr auto add = [](std::uint64_t a, std::uint64_t b) { return a > kFar - 1 - b ? kFar - 1 : a + b; };

}  // namespace

std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(Vertex)>& cost) {
  // An edge costs what the vertex at its end does.
  auto path = cheapest_path(graph, from, to, [&](const Edge& edge) { return cost(edge.to); });
  if (path) path->cost = add(path->cost, std::min(cost(from), kFar - 1));
  return path;
}

std::optional<CheapestPath> cheapest_path(const FlowGraph& graph, Vertex from, Vertex to,
                                          const std::function<std::uint64_t(const Edge&)>& cost) {
  const detail::Csr csr = detail::make_csr(graph);
  const std::size_t count = boost::num_vertices(csr);
  const auto index = boost::get(boost::vertex_index, csr);
  // Edges of the compressed graph are numbered in the order of ours.
  std::vector<std::uint64_t> weights;
  weights.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) weights.push_back(std::min(cost(edge), kFar - 1));
  std::vector<std::uint64_t> distance(count, kFar);
  std::vector<Vertex> predecessor(count);
  boost::dijkstra_shortest_paths(
      csr, from,
      boost::predecessor_map(boost::make_iterator_property_map(predecessor.begin(), index))
          .distance_map(boost::make_iterator_property_map(distance.begin(), index))
          .weight_map(boost::make_iterator_property_map(weights.begin(), boost::get(boost::edge_index, csr)))
          .distance_inf(kFar)
          .distance_combine(add));
  if (distance[to] == kFar) return std::nullopt;
  CheapestPath path;
  path.cost = distance[to];
  for (Vertex v = to; v != from; v = predecessor[v]) {
    const auto out = graph.out(predecessor[v]);
    const Edge* best = nullptr;
    for (const Edge& edge : out) {
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
