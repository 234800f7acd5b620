#pragma once
// Which vertices can come after, or before, another one. Linear.

#include <functional>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// By vertex: true for `start` and what can be reached from it along edges that `keep` takes.
std::vector<bool> reachable_from(const FlowGraph& graph, Vertex start,
                                 const std::function<bool(const Edge&)>& keep = {});

/// By vertex: true for `target` and what it can be reached from along edges that `keep` takes.
std::vector<bool> reaching(const FlowGraph& graph, Vertex target, const std::function<bool(const Edge&)>& keep = {});

}  // namespace stepglass::analysis
