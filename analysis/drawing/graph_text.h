#pragma once
// The flow of a machine as text: DOT, Mermaid and JSON for programs that lay it out themselves; laid out as SVG, and as
// JSON with places.

#include <optional>
#include <string>
#include <string_view>

#include "engine/model/state_machine.h"

namespace stepglass::analysis {

enum class GraphFormat : std::uint8_t { Dot, Mermaid, Json, Svg, Drawing };
/// "dot", "mermaid", "json", "svg", "drawing"
std::optional<GraphFormat> parse_graph_format(std::string_view word);

/// States by number, with scopes inside each other; transitions that name no state are left out.
///
/// Json: {"start", "states": [{"id", "name", "type", "scopes": […]}], "edges": [{"from", "to", "kind", "index",
/// "label"}]}; "to" is null for the end of the scope. Svg and Drawing: see drawing.h; `name` of the machine, for Svg.
/// `source`, the document that the machine was loaded from, adds places in its text to Drawing.
std::string graph_text(GraphFormat format, const StateMachine& machine, std::string_view name = {},
                       const Document* source = nullptr);

}  // namespace stepglass::analysis
