#include "analysis/graph/components.h"

#include <boost/graph/strong_components.hpp>

#include "analysis/graph/boost_graph.h"

namespace stepglass::analysis {

Components strong_components(const FlowGraph& graph) {
  const detail::Csr csr = detail::make_csr(graph);
  Components components;
  components.of.resize(graph.vertex_count());
  const auto index = boost::get(boost::vertex_index, csr);
  // Boost's search keeps a stack of its own, so a long chain of states does not exhaust that of the program.
  components.count = boost::strong_components(csr, boost::make_iterator_property_map(components.of.begin(), index));
  return components;
}

std::vector<Loop> find_loops(const FlowGraph& graph) {
  const Components components = strong_components(graph);
  std::vector<bool> cyclic(components.count);
  for (const Edge& edge : graph.edges()) {
    if (components.of[edge.from] == components.of[edge.to]) cyclic[components.of[edge.from]] = true;
  }
  std::vector<Loop> loops;
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> loop_of(components.count, kNone);
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    const std::uint32_t component = components.of[v];
    if (!cyclic[component]) continue;
    if (loop_of[component] == kNone) {
      loop_of[component] = static_cast<std::uint32_t>(loops.size());
      loops.emplace_back();
    }
    Loop& loop = loops[loop_of[component]];
    loop.states.push_back(v);
    for (const Edge& edge : graph.out(v)) {
      if (components.of[edge.to] != component) loop.exits.push_back(edge);
    }
  }
  return loops;
}

}  // namespace stepglass::analysis
