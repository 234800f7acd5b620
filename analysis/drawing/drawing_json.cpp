#include "analysis/drawing/drawing.h"
#include "analysis/drawing/edge_text.h"
#include "analysis/drawing/spoken.h"
#include "engine/document/place_json.h"
#include "engine/support/number.h"
#include "engine/value/json_list.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

std::string box_text(const Box& box) {
  return fmt::format("[{},{},{},{}]", pixels_text(box.x), pixels_text(box.y), pixels_text(box.width),
                     pixels_text(box.height));
}

std::string point_text(const std::optional<Point>& point) {
  return point ? fmt::format("[{},{}]", pixels_text(point->x), pixels_text(point->y)) : std::string("null");
}

void append_text(std::string& out, const DrawnText& text) {
  out += fmt::format("{{\"box\":{},\"lines\":", box_text(text.box));
  append_json_list(out, text.lines, [&](const std::string& line) { append_json_string(out, line); });
  out += ",\"text\":";
  append_json_string(out, text.full);
  out += '}';
}

/// What all of it needs.
struct Whole {
  const Drawing& drawing;
  const Document* source;
};

void append_scope(std::string& out, const DrawnScope& scope, const Whole& whole);

void append_state(std::string& out, const DrawnState& state, const Whole& whole) {
  out += "{\"id\":";
  append_json_string(out, state.id);
  out += ",\"name\":";
  append_json_string(out, state.state->name);
  out += ",\"type\":";
  append_json_string(out, kind_word(*state.state));
  out += fmt::format(",\"box\":{},\"label\":", box_text(state.box));
  append_text(out, state.name);
  out += ",\"spoken\":";
  append_json_string(out, spoken_text(whole.drawing, state));
  if (state.state->has_unknown_kind) append_json_member(out, "unknown", kind_text(*state.state));
  if (state.hidden > 0) out += fmt::format(",\"hidden\":{}", state.hidden);
  if (const Document* source = whole.source) {
    const Span all{state.state->name_span.begin, state.state->span.end};
    out += ',';
    append_range(out, all, source->position(all.begin), source->position(all.end));
  }
  if (!state.scopes.empty()) {
    out += ",\"scopes\":";
    append_json_list(out, state.scopes, [&](const DrawnScope& inner) { append_scope(out, inner, whole); });
  }
  out += '}';
}

/// Recursion follows the nesting of scopes.
void append_scope(std::string& out, const DrawnScope& scope, const Whole& whole) {
  const FlowGraph graph(*scope.scope);
  out += fmt::format("{{\"box\":{},\"start\":{},\"end\":{},\"states\":", box_text(scope.box), point_text(scope.start),
                     point_text(scope.end));
  append_json_list(out, scope.states, [&](const DrawnState& state) { append_state(out, state, whole); });
  if (!scope.missing.empty()) {
    out += ",\"missing\":";
    append_json_list(out, scope.missing, [&](const DrawnMissing& missing) {
      out += "{\"name\":";
      append_json_string(out, missing.name);
      out += fmt::format(",\"box\":{},\"label\":", box_text(missing.box));
      append_text(out, missing.text);
      out += '}';
    });
  }
  out += ",\"edges\":";
  append_json_list(out, scope.edges, [&](const DrawnEdge& drawn) {
    const auto id = [&](Vertex v) {
      if (graph.is_state(v)) {
        append_json_string(out, scope.states[v].id);
      } else {
        out += "null";
      }
    };
    out += "{\"from\":";
    id(drawn.edge.from);
    out += ",\"to\":";
    id(drawn.edge.to);
    if (drawn.edge.to >= graph.vertex_count()) {
      out += ",\"missing\":";
      append_json_string(out, scope.missing[drawn.edge.to - graph.vertex_count()].name);
    }
    out += ",\"kind\":";
    append_json_string(out, way_word(drawn.edge.way));
    if (drawn.edge.way == Way::Choice || drawn.edge.way == Way::Catch) {
      out += ",\"index\":";
      append_integer(out, drawn.edge.index);
    }
    out += fmt::format(",\"back\":{},\"points\":", drawn.back);
    append_json_list(out, drawn.points, [&](const Point& point) { out += point_text(point); });
    if (drawn.label) {
      out += ",\"label\":";
      append_text(out, *drawn.label);
    }
    if (drawn.jump) {
      out += ",\"jump\":";
      append_text(out, *drawn.jump);
    }
    out += '}';
  });
  out += '}';
}

}  // namespace

std::string drawing_json(const Drawing& drawing, const Document* source) {
  std::string out = fmt::format("{{\"width\":{},\"height\":{},\"summary\":", pixels_text(drawing.size.width),
                                pixels_text(drawing.size.height));
  append_json_string(out, drawing.summary);
  out += ",\"scope\":";
  append_scope(out, drawing.scope, {drawing, source});
  return out + '}';
}

}  // namespace stepglass::analysis
