#include "analysis/cost/chain.h"

#include <algorithm>

namespace stepglass::analysis {

void index_edges(Chain& chain) {
  chain.first.assign(chain.vertex_count + 1, 0);
  for (const ChainEdge& edge : chain.edges) ++chain.first[edge.from + 1];
  for (std::uint32_t v = 0; v < chain.vertex_count; ++v) chain.first[v + 1] += chain.first[v];
}

ComponentFinder::ComponentFinder(const Chain& chain, std::span<const double> weights)
    : chain_(chain),
      weights_(weights),
      number_(chain.vertex_count, 0),
      low_(chain.vertex_count, 0),
      on_stack_(chain.vertex_count) {}

// Tarjan's algorithm with a stack of its own. Boost's works on whole graphs; here it is called for parts of one.
ChainComponents ComponentFinder::find(std::span<const std::uint32_t> vertices, const std::vector<std::uint32_t>& inside,
                                      std::uint32_t part) {
  struct Open {
    std::uint32_t vertex;
    std::uint32_t edge;
  };
  for (const std::uint32_t v : vertices) number_[v] = 0;
  std::uint32_t next = 0;
  std::vector<Open> open;
  std::vector<std::uint32_t> stack;
  ChainComponents result;
  result.first.push_back(0);
  const auto enter = [&](std::uint32_t v) {
    number_[v] = low_[v] = ++next;
    on_stack_[v] = true;
    stack.push_back(v);
    open.push_back({v, chain_.first[v]});
  };
  for (const std::uint32_t root : vertices) {
    if (number_[root] != 0) continue;
    enter(root);
    while (!open.empty()) {
      const std::uint32_t v = open.back().vertex;
      if (open.back().edge < chain_.first[v + 1]) {
        const std::uint32_t edge = open.back().edge++;
        const std::uint32_t to = chain_.edges[edge].to;
        if (!weights_.empty() && weights_[edge] < 0) continue;
        if (to >= chain_.vertex_count || inside[to] != part) continue;
        if (number_[to] == 0) {
          enter(to);
        } else if (on_stack_[to]) {
          low_[v] = std::min(low_[v], number_[to]);
        }
        continue;
      }
      open.pop_back();
      if (!open.empty()) low_[open.back().vertex] = std::min(low_[open.back().vertex], low_[v]);
      if (low_[v] != number_[v]) continue;
      std::uint32_t member;
      do {
        member = stack.back();
        stack.pop_back();
        on_stack_[member] = false;
        result.members.push_back(member);
      } while (member != v);
      result.first.push_back(static_cast<std::uint32_t>(result.members.size()));
    }
  }
  // Found from the end: turned round, so that ways lead forward.
  ChainComponents forward;
  forward.members.reserve(result.members.size());
  forward.first.push_back(0);
  for (std::size_t i = result.count(); i-- > 0;) {
    const auto component = result.component(i);
    forward.members.insert(forward.members.end(), component.begin(), component.end());
    forward.first.push_back(static_cast<std::uint32_t>(forward.members.size()));
  }
  return forward;
}

}  // namespace stepglass::analysis
