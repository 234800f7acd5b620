#pragma once
// The flow of a machine as text: DOT, Mermaid, PlantUML and JSON for programs that lay it out themselves; laid out as
// SVG, and as JSON with places.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/state_machine.h"

namespace stepglass::analysis {

enum class GraphFormat : std::uint8_t { Dot, Mermaid, PlantUml, Json, Svg, Drawing };
/// "dot", "mermaid", "plantuml", "json", "svg", "drawing"
std::optional<GraphFormat> parse_graph_format(std::string_view word);

struct GraphOptions {
  /// Of the machine, for Svg.
  std::string_view name = {};
  /// Names of Maps and Parallels that are one node, without the states in them.
  std::vector<std::string> collapsed = {};
  /// The document that the machine was loaded from: adds places in its text to Drawing.
  const Document* source = nullptr;
};

/// States by number, with scopes inside each other. What transitions lead to that is no state is drawn as such, and a
/// state whose type is not known says so.
///
/// Json: {"start", "states": [{"id", "name", "type", "hidden", "scopes": […]}], "edges": [{"from", "to", "kind",
/// "index", "label"}]}; "to" is null for the end of the scope and for a state that is "missing", by name; "type" may be
/// "unknown"; "hidden" is the number of states in what is collapsed. Svg and Drawing: see drawing.h.
std::string graph_text(GraphFormat format, const StateMachine& machine, const GraphOptions& options = {});

}  // namespace stepglass::analysis
