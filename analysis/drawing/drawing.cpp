#include "analysis/drawing/drawing.h"

#include <algorithm>
#include <numeric>

#include "analysis/drawing/condition_text.h"
#include "analysis/drawing/edge_text.h"
#include "analysis/drawing/spoken.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

constexpr double kPadding = 12, kMargin = 16, kScopeGap = 20;
constexpr double kLeastWidth = 84;
// A name, a text at an arrow: so many columns of pixels and lines.
constexpr double kNameWidth = 190, kLabelWidth = 170;
constexpr std::size_t kNameLines = 3, kLabelLines = 2;
constexpr double kLoopWidth = 26;
constexpr double kTypeHeight = 15;

/// Bytes of the character at `text[at]`.
std::size_t character(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) ++size;
  return size;
}

double width_of_character(std::string_view c) {
  if (c.size() >= 3) return 13.5;
  if (c.size() == 2) return 8.5;
  constexpr std::string_view kNarrow = "ijlt.,:;'|![](){}fr ", kWide = "mwMW@%&";
  if (kNarrow.find(c[0]) != std::string_view::npos) return 4.9;
  if (kWide.find(c[0]) != std::string_view::npos) return 11.8;
  return c[0] >= 'A' && c[0] <= 'Z' ? 9 : 7.5;
}

/// Where a line may end behind the character: at what is no letter, and before a capital that follows a small letter.
bool may_break(std::string_view text, std::size_t next) {
  const char before = text[next - 1], after = next < text.size() ? text[next] : ' ';
  if (std::string_view(" -_./:,)").find(before) != std::string_view::npos) return true;
  return before >= 'a' && before <= 'z' && after >= 'A' && after <= 'Z';
}

/// Lines of at most `width` pixels; what is left over becomes "…".
std::vector<std::string> broken(std::string_view text, double width, std::size_t most) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    double taken = 0;
    std::size_t end = 0, nice = 0;
    while (end < text.size()) {
      const std::size_t size = character(text, end);
      taken += width_of_character(text.substr(end, size));
      if (taken > width && end > 0) break;
      end += size;
      if (may_break(text, end)) nice = end;
    }
    const bool last = lines.size() + 1 == most;
    if (end < text.size() && last) {
      // Room for the dots.
      const double room = width - width_of_character("…");
      taken = 0;
      end = 0;
      while (end < text.size() && taken + width_of_character(text.substr(end, character(text, end))) <= room) {
        taken += width_of_character(text.substr(end, character(text, end)));
        end += character(text, end);
      }
      lines.push_back(std::string(trimmed(text.substr(0, end))) + "…");
      return lines;
    }
    if (end < text.size() && nice > end / 3) end = nice;
    lines.emplace_back(trimmed(text.substr(0, end)));
    text = text.substr(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

DrawnText text_of(std::string full, double width, std::size_t lines) {
  DrawnText text{{}, broken(full, width, lines), std::move(full)};
  for (const std::string& line : text.lines) text.box.width = std::max(text.box.width, text_width(line));
  text.box.height = static_cast<double>(text.lines.size()) * kLineHeight;
  return text;
}

void move(Box& box, double x, double y) {
  box.x += x;
  box.y += y;
}
void move(DrawnScope& scope, double x, double y);
void move(DrawnState& state, double x, double y) {
  move(state.box, x, y);
  move(state.name.box, x, y);
  for (DrawnScope& scope : state.scopes) move(scope, x, y);
}
void move(DrawnScope& scope, double x, double y) {
  move(scope.box, x, y);
  for (auto* dot : {&scope.start, &scope.end}) {
    if (*dot) **dot = {(*dot)->x + x, (*dot)->y + y};
  }
  for (DrawnState& state : scope.states) move(state, x, y);
  for (DrawnMissing& missing : scope.missing) {
    move(missing.box, x, y);
    move(missing.text.box, x, y);
  }
  for (DrawnEdge& edge : scope.edges) {
    for (Point& point : edge.points) point = {point.x + x, point.y + y};
    if (edge.label) move(edge.label->box, x, y);
    if (edge.jump) move(edge.jump->box, x, y);
  }
}

std::string label_of(const FlowGraph& graph, const Edge& edge) {
  if (edge.way == Way::Choice) {
    const auto& choice = std::get<Choice>(graph.state(edge.from).kind);
    return condition_text(choice.choices[edge.index].condition);
  }
  return edge_text(graph, edge);
}

/// In order.
using Names = std::vector<std::string>;

/// A state with what is inside of it, from its upper left corner.
DrawnState draw_state(const State& state, std::string id, const Names& collapsed);

/// The note that stands where transitions lead that name no state.
DrawnMissing draw_missing(std::string name) {
  DrawnText text = text_of(missing_text(name), kNameWidth, kNameLines);
  text.box.x = kPadding;
  text.box.y = kPadding / 2;
  const Box box{0, 0, text.box.width + 2 * kPadding, text.box.height + kPadding};
  return {std::move(name), box, std::move(text)};
}

/// `prefix` of the ids of its states. Recursion follows the nesting of scopes, which loading bounds.
DrawnScope draw_scope(const Scope& scope, const std::string& prefix, const Names& collapsed) {
  DrawnScope drawn;
  drawn.scope = &scope;
  const FlowGraph graph(scope);
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    drawn.states.push_back(draw_state(graph.state(v), fmt::format("{}{}", prefix, v), collapsed));
  }
  AllWays ways = graph.all_ways();
  for (std::string& name : ways.missing) drawn.missing.push_back(draw_missing(std::move(name)));
  std::vector<LayerBox> boxes;
  for (const DrawnState& state : drawn.states) boxes.push_back({{state.box.width, state.box.height}});
  boxes.insert(boxes.end(), 2, {{2 * kDotRadius, 2 * kDotRadius}});
  for (const DrawnMissing& missing : drawn.missing) boxes.push_back({{missing.box.width, missing.box.height}});

  // Loops of one state stand beside it, their texts below each other.
  std::vector<double> loop_texts(drawn.states.size(), 0);
  std::vector<LayerEdge> edges;
  bool ends = false;
  for (const Edge& edge : ways.edges) {
    DrawnEdge line{edge, {}, {}, false, {}};
    const std::string label = label_of(graph, edge);
    if (!label.empty()) line.label = text_of(label, kLabelWidth, kLabelLines);
    std::string to;
    if (graph.is_state(edge.to)) {
      to = display_word(graph.state(edge.to).name);
    } else if (edge.to >= graph.vertex_count()) {
      to = display_word(drawn.missing[edge.to - graph.vertex_count()].name) + ", which is missing";
    }
    line.jump = text_of("→ " + (to.empty() ? "end" : to), kLabelWidth, 1);
    if (graph.is_state(edge.from)) drawn.states[edge.from].ways.push_back(way_text(edge.way, label, to));
    ends = ends || edge.to == graph.exit();
    const Extent label_size = line.label ? Extent{line.label->box.width, line.label->box.height} : Extent{};
    if (edge.from == edge.to) {
      LayerBox& box = boxes[edge.from];
      loop_texts[edge.from] += std::max(label_size.height, kLineHeight);
      box.right = std::max(box.right, kLoopWidth + label_size.width);
      box.size.height = std::max(box.size.height, loop_texts[edge.from]);
    }
    edges.push_back({edge.from, edge.to, label_size, {line.jump->box.width, line.jump->box.height}});
    drawn.edges.push_back(std::move(line));
  }
  std::vector<std::uint32_t> order;
  for (Vertex v = 0; v < graph.state_count(); ++v) order.push_back(v);
  // The order of keys says nothing; the walk from the start finds most of them before.
  sort_stable(order, [&](Vertex a, Vertex b) { return graph.state(a).name < graph.state(b).name; });
  order.insert(order.begin(), graph.entry());
  for (Vertex v = 0; v < drawn.missing.size(); ++v) order.push_back(static_cast<Vertex>(graph.vertex_count()) + v);
  if (ends) order.push_back(graph.exit());
  const LayeredLayout layout = layered_layout(boxes, edges, order, ends ? graph.exit() : UINT32_MAX);

  for (Vertex v = 0; v < graph.state_count(); ++v) {
    // In the middle of the height that its loops need.
    const Box& room = layout.boxes[v];
    DrawnState& state = drawn.states[v];
    move(state, room.x, room.y + (room.height - state.box.height) / 2);
  }
  for (std::size_t i = 0; i < drawn.missing.size(); ++i) {
    const Box& room = layout.boxes[graph.vertex_count() + i];
    move(drawn.missing[i].box, room.x, room.y);
    move(drawn.missing[i].text.box, room.x, room.y);
  }
  const auto middle = [&](Vertex v) { return Point{layout.boxes[v].x + kDotRadius, layout.boxes[v].y + kDotRadius}; };
  drawn.start = middle(graph.entry());
  if (ends) drawn.end = middle(graph.exit());
  std::vector<double> used(drawn.states.size(), 0);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    DrawnEdge& line = drawn.edges[e];
    const Route& route = layout.routes[e];
    if (line.edge.from == line.edge.to) {
      const Box& room = layout.boxes[line.edge.from];
      const Box& box = drawn.states[line.edge.from].box;
      const double height = line.label ? std::max(line.label->box.height, kLineHeight) : kLineHeight;
      const double y = room.y + (room.height - loop_texts[line.edge.from]) / 2 + used[line.edge.from] + height / 2;
      used[line.edge.from] += height;
      const double right = box.x + box.width, inside = std::clamp(y, box.y + 6, box.y + box.height - 6);
      line.points = {
          {right, inside - 5}, {right + kLoopWidth - 8, y - 5}, {right + kLoopWidth - 8, y + 5}, {right, inside + 5}};
      line.back = true;
      if (line.label) {
        line.label->box.x = right + kLoopWidth;
        line.label->box.y = y - line.label->box.height / 2;
      }
      line.jump.reset();
      continue;
    }
    line.points = route.points;
    line.back = route.back;
    if (route.jump) {
      double y = route.jump->y;
      if (line.label) {
        move(line.label->box, route.jump->x, y);
        y += line.label->box.height;
      }
      move(line.jump->box, route.jump->x, y);
      continue;
    }
    line.jump.reset();
    if (line.label && route.label) {
      line.label->box.x = route.label->x;
      line.label->box.y = route.label->y;
    }
  }
  drawn.box = {0, 0, layout.size.width, layout.size.height};
  return drawn;
}

DrawnState draw_state(const State& state, std::string id, const Names& collapsed) {
  DrawnState drawn;
  drawn.state = &state;
  drawn.name = text_of(display_word(state.name), kNameWidth, kNameLines);
  const auto small_width = [](std::string_view text) { return text_width(text) * 11 / 13; };
  double width = std::max(drawn.name.box.width, small_width(kind_text(state)));
  double height = kTypeHeight + drawn.name.box.height;
  double x = 0;
  std::size_t number = 0;
  drawn.hidden = count_hidden(state, collapsed);
  for (const Scope* scope : inner_scopes(state)) {
    DrawnScope inner = draw_scope(*scope, fmt::format("{}.{}.", id, number++), collapsed);
    if (drawn.hidden > 0) {
      // Which ways lead back, only the layout says.
      drawn.hidden_loops += count_loops(inner);
      continue;
    }
    if (!drawn.scopes.empty()) x += kScopeGap;
    move(inner, x, height + kPadding);
    x += inner.box.width;
    drawn.scopes.push_back(std::move(inner));
  }
  if (drawn.hidden > 0) {
    width = std::max(width, small_width(hidden_text(drawn.hidden)));
    height += kTypeHeight;
  }
  double tallest = 0;
  for (const DrawnScope& scope : drawn.scopes) tallest = std::max(tallest, scope.box.height);
  if (!drawn.scopes.empty()) height += kPadding + tallest;
  const double inner_width = x;
  width = std::max({width, inner_width, kLeastWidth - 2 * kPadding});
  for (DrawnScope& scope : drawn.scopes) move(scope, kPadding + (width - inner_width) / 2, kPadding / 2);
  drawn.name.box.x = kPadding + (width - drawn.name.box.width) / 2;
  drawn.name.box.y = kPadding / 2 + kTypeHeight;
  drawn.box = {0, 0, width + 2 * kPadding, height + kPadding + (drawn.scopes.empty() ? 0 : kPadding / 2)};
  drawn.id = std::move(id);
  return drawn;
}

}  // namespace

double text_width(std::string_view text) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = character(text, at);
    width += width_of_character(text.substr(at, size));
    at += size;
  }
  return width;
}

std::string pixels_text(double pixels) {
  std::string text = fmt::format("{:.1f}", pixels);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::size_t count_loops(const DrawnScope& scope) {
  std::size_t count = 0;
  for (const DrawnEdge& edge : scope.edges) count += edge.back;
  for (const DrawnState& state : scope.states) {
    count += state.hidden_loops;
    for (const DrawnScope& inner : state.scopes) count += count_loops(inner);
  }
  return count;
}

std::vector<std::uint32_t> reading_order(const DrawnScope& scope) {
  std::vector<std::uint32_t> order(scope.states.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto place = [&](std::uint32_t i) { return std::pair(scope.states[i].box.y, scope.states[i].box.x); };
  sort_stable(order, [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  return order;
}

Drawing draw(const StateMachine& machine, std::vector<std::string> collapsed) {
  sort_stable(collapsed);
  Drawing drawing;
  drawing.scope = draw_scope(machine.scope, "", collapsed);
  move(drawing.scope, kMargin, kMargin);
  drawing.size = {drawing.scope.box.width + 2 * kMargin, drawing.scope.box.height + 2 * kMargin};
  number_states(drawing);
  return drawing;
}

}  // namespace stepglass::analysis
