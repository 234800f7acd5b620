#pragma once
// Dominators: the states through which every way from the entry leads.

#include <functional>
#include <optional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// By vertex: the last vertex before it through which every way from the entry to it leads; nothing for the entry and
/// what it does not lead to. Only edges that `keep` takes count. Close to linear.
std::vector<std::optional<Vertex>> immediate_dominators(const FlowGraph& graph,
                                                        const std::function<bool(const Edge&)>& keep = {});

}  // namespace stepglass::analysis
