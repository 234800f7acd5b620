#include "analysis/graph/reachable.h"

#include <boost/graph/breadth_first_search.hpp>

#include "analysis/graph/boost_graph.h"

namespace stepglass::analysis {
namespace {

std::vector<bool> search(const detail::Csr& csr, Vertex start) {
  const std::size_t count = boost::num_vertices(csr);
  std::vector<boost::default_color_type> colours(count, boost::white_color);
  const auto map = boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, csr));
  boost::queue<Vertex> queue;
  boost::breadth_first_visit(csr, start, queue, boost::default_bfs_visitor(), map);
  std::vector<bool> reached(count);
  for (std::size_t v = 0; v < count; ++v) reached[v] = colours[v] != boost::white_color;
  return reached;
}

}  // namespace

std::vector<bool> reachable_from(const FlowGraph& graph, Vertex start, const std::function<bool(const Edge&)>& keep) {
  return search(keep ? detail::make_csr(graph, keep) : detail::make_csr(graph), start);
}

std::vector<bool> reaching(const FlowGraph& graph, Vertex target, const std::function<bool(const Edge&)>& keep) {
  return search(keep ? detail::make_reverse_csr(graph, keep) : detail::make_reverse_csr(graph), target);
}

}  // namespace stepglass::analysis
