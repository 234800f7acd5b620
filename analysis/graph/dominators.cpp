// Lengauer and Tarjan's algorithm, the simple variant. Boost's own compresses paths by recursion, so that a long chain
// of states would exhaust the program's stack; here the path is walked twice in loops. The rest follows "A Fast
// Algorithm for Finding Dominators in a Flowgraph", 1979. Tested by flow_graph_test.cpp.

#include "analysis/graph/dominators.h"

#include <boost/graph/depth_first_search.hpp>

#include "analysis/graph/boost_graph.h"

namespace stepglass::analysis {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

/// Numbers the vertices in the order of a depth-first search.
struct Numbering : boost::default_dfs_visitor {
  std::vector<std::uint32_t>* number;
  std::vector<Vertex>* order;
  std::vector<std::uint32_t>* parent;

  template <typename Edge_, typename Graph>
  void tree_edge(Edge_ edge, const Graph& graph) const {
    (*parent)[boost::target(edge, graph)] = static_cast<std::uint32_t>(boost::source(edge, graph));
  }
  template <typename Graph>
  void discover_vertex(Vertex v, const Graph&) const {
    (*number)[v] = static_cast<std::uint32_t>(order->size());
    order->push_back(v);
  }
};

}  // namespace

std::vector<std::optional<Vertex>> immediate_dominators(const FlowGraph& graph,
                                                        const std::function<bool(const Edge&)>& keep) {
  const detail::Csr csr = keep ? detail::make_csr(graph, keep) : detail::make_csr(graph);
  const detail::Csr reverse = keep ? detail::make_reverse_csr(graph, keep) : detail::make_reverse_csr(graph);
  const std::size_t count = graph.vertex_count();
  std::vector<std::uint32_t> number(count, kNone);
  std::vector<std::uint32_t> parent(count, kNone);
  std::vector<Vertex> order;
  std::vector<boost::default_color_type> colours(count, boost::white_color);
  Numbering numbering;
  numbering.number = &number;
  numbering.order = &order;
  numbering.parent = &parent;
  // Boost's depth-first search keeps a stack of its own.
  boost::depth_first_visit(csr, graph.entry(), numbering,
                           boost::make_iterator_property_map(colours.begin(), boost::get(boost::vertex_index, csr)));

  // From here on vertices are named by their numbers.
  const std::size_t reached = order.size();
  std::vector<std::uint32_t> semi(reached), ancestor(reached, kNone), label(reached), dominator(reached, 0);
  std::vector<std::vector<std::uint32_t>> bucket(reached);
  for (std::uint32_t i = 0; i < reached; ++i) semi[i] = label[i] = i;
  std::vector<std::uint32_t> path;
  const auto eval = [&](std::uint32_t v) {
    if (ancestor[v] == kNone) return v;
    path.clear();
    for (std::uint32_t u = v; ancestor[ancestor[u]] != kNone; u = ancestor[u]) path.push_back(u);
    for (auto u = path.rbegin(); u != path.rend(); ++u) {
      const std::uint32_t above = ancestor[*u];
      if (semi[label[above]] < semi[label[*u]]) label[*u] = label[above];
      ancestor[*u] = ancestor[above];
    }
    return label[v];
  };
  for (std::uint32_t w = static_cast<std::uint32_t>(reached); w-- > 1;) {
    const std::uint32_t p = number[parent[order[w]]];
    for (auto [edge, end] = boost::out_edges(order[w], reverse); edge != end; ++edge) {
      const std::uint32_t v = number[boost::target(*edge, reverse)];
      if (v == kNone) continue;
      const std::uint32_t u = eval(v);
      if (semi[u] < semi[w]) semi[w] = semi[u];
    }
    bucket[semi[w]].push_back(w);
    ancestor[w] = p;
    for (const std::uint32_t v : bucket[p]) {
      const std::uint32_t u = eval(v);
      dominator[v] = semi[u] < semi[v] ? u : p;
    }
    bucket[p].clear();
  }
  std::vector<std::optional<Vertex>> result(count);
  for (std::uint32_t w = 1; w < reached; ++w) {
    if (dominator[w] != semi[w]) dominator[w] = dominator[dominator[w]];
    result[order[w]] = order[dominator[w]];
  }
  return result;
}

}  // namespace stepglass::analysis
