#pragma once
// The flow of a machine as text for other programs: DOT, Mermaid, JSON. Laid out pictures are made elsewhere.

#include <optional>
#include <string>
#include <string_view>

#include "engine/model/state_machine.h"

namespace stepglass::analysis {

enum class GraphFormat : std::uint8_t { Dot, Mermaid, Json };
std::optional<GraphFormat> parse_graph_format(std::string_view word);

/// States by number, with scopes inside each other; transitions that name no state are left out.
///
/// Json: {"start", "states": [{"id", "name", "type", "scopes": […]}], "edges": [{"from", "to", "kind", "index",
/// "label"}]}; "to" is null for the end of the scope.
std::string graph_text(GraphFormat format, const StateMachine& machine);

}  // namespace stepglass::analysis
