#pragma once
// What a graph says of a state and of the ways out of it, in whatever format.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/graph/flow_graph.h"

namespace stepglass::analysis {

/// The branches of a Parallel, the processor of a Map; in their order, empty ones of a Map left out.
std::vector<const Scope*> inner_scopes(const State& state);

/// Those in its scopes, and in theirs.
std::size_t count_states_within(const State& state);

/// How many states are in a Map or Parallel that is drawn without them, since `collapsed`, which is in order, names it;
/// 0 of all that is drawn whole.
std::size_t count_hidden(const State& state, const std::vector<std::string>& collapsed);

/// "Task", or "unknown", for programs; for people see kind_text().
std::string_view kind_word(const State& state);

/// "missing: Name": what stands where a transition leads that names no state.
std::string missing_text(std::string_view name);

/// "next", "choice", …
std::string_view way_word(Way way);

/// What stands at an edge: "rule 1", "default", the names of errors; empty for Next, End and the start.
std::string edge_text(const FlowGraph& graph, const Edge& edge);

}  // namespace stepglass::analysis
