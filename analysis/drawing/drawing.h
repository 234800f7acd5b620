#pragma once
// A picture of a machine: where each state, arrow and text stands. Every scope is laid out by itself and stands as one
// box in the state that it belongs to, since no arrow leaves a scope.
//
//   const Drawing drawing = draw(machine);
//   const std::string svg = svg_text(drawing, "order");

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/drawing/layers.h"
#include "analysis/graph/flow_graph.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

struct DrawnText {
  Box box;
  std::vector<std::string> lines;  // as much as fits
  std::string full;
};

struct DrawnEdge {
  Edge edge;
  std::vector<Point> points;  // from the one state to the other
  /// The condition of a rule, the errors of a catcher.
  std::optional<DrawnText> label;
  bool back = false;
  /// It ends here, and names where it leads: it would be too long.
  std::optional<DrawnText> jump;
};

/// Where a transition leads that names no state.
struct DrawnMissing {
  std::string name;
  Box box;
  DrawnText text;  // "missing: Name"
};

struct DrawnScope;

struct DrawnState {
  const State* state = nullptr;
  /// As in the graph as JSON: "3", or "3.0.1" of a scope inside.
  std::string id;
  Box box;
  DrawnText name;
  std::vector<DrawnScope> scopes;
  /// How many states are within that are not drawn, since it is collapsed.
  std::size_t hidden = 0;
  /// And how many loops.
  std::size_t hidden_loops = 0;
  /// Its number as one reads the drawing, from 1.
  std::size_t step = 0;
  /// "next Notify", …: every way out of it in words.
  std::vector<std::string> ways;
};

struct DrawnScope {
  const Scope* scope = nullptr;
  Box box;
  /// Middles of the dots at which it starts and ends; nothing where nobody ends it.
  std::optional<Point> start, end;
  std::vector<DrawnState> states;  // by their numbers
  /// An edge to the first of them leads to the vertex behind the exit, and so on.
  std::vector<DrawnMissing> missing;
  std::vector<DrawnEdge> edges;
};

/// Its ways back, those within and those of what is collapsed included.
std::size_t count_loops(const DrawnScope& scope);

/// Indices of its states from above, and from the left.
std::vector<std::uint32_t> reading_order(const DrawnScope& scope);

/// In pixels, from the upper left corner. Texts are measured as a sans-serif font of 13 pixels sets them, with room to
/// spare.
struct Drawing {
  Extent size;
  DrawnScope scope;
  std::size_t state_count = 0;  // of all scopes, collapsed ones included
  /// "11 states, starts at Validate, 2 ends, 1 loop"
  std::string summary;
};

/// Of definitions that are broken, too: an arrow to what is not there leads to a note. Independent of the order of
/// keys. Maps and Parallels named in `collapsed`, in any order, are drawn without the states in them; ids stay as they
/// are.
Drawing draw(const StateMachine& machine, std::vector<std::string> collapsed = {});

/// Pixels of a line of text.
double text_width(std::string_view text);

/// "12", "12.5": tenths are enough.
std::string pixels_text(double pixels);

inline constexpr double kLineHeight = 16;
inline constexpr double kDotRadius = 6;

/// A whole SVG file, which has light and dark colours and can be given others by CSS: --stepglass-ink, -paper, -line,
/// -fill, -error. `name`: of the machine; may be empty.
std::string svg_text(const Drawing& drawing, std::string_view name);

/// {"width", "height", "summary", "scope": {"box": [x, y, width, height], "start": [x, y], "end", "states": [{"id",
/// "name", "type", "unknown", "box", "label": {"box", "lines", "text"}, "spoken", "hidden", "scopes"}], "missing":
/// [{"name", "box", "label"}], "edges": [{"from", "to", "missing", "kind", "index", "back", "points": [[x, y], …],
/// "label", "jump"}]}}; with `source`, the document that the machine was loaded from, each state has the "range" of its
/// name and all of it; "from" and "to" as in the graph as JSON, null for the dots and for what is "missing", by name;
/// "unknown" says in words why the "type" is "unknown".
std::string drawing_json(const Drawing& drawing, const Document* source = nullptr);

}  // namespace stepglass::analysis
