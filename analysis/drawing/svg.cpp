// SVG of a drawing. Strokes and fills that matter are attributes, so that the picture is readable where a page forbids
// styles; colours follow the reader's theme, or what a page sets.

#include <algorithm>
#include <set>
#include <utility>

#include "analysis/drawing/drawing.h"
#include "analysis/drawing/edge_text.h"
#include "analysis/drawing/spoken.h"
#include "engine/support/match.h"
#include "engine/support/xml.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kStyle =
    ".stepglass{--ink:var(--stepglass-ink,#1f2328);--paper:var(--stepglass-paper,#fff);--line:var(--stepglass-line,"
    "#57606a);--fill:var(--stepglass-fill,#f6f8fa);--error:var(--stepglass-error,#b3261e);background:var(--paper);"
    "color:var(--ink)}"
    "@media (prefers-color-scheme:dark){.stepglass{--ink:var(--stepglass-ink,#e6edf3);--paper:var(--stepglass-paper,"
    "#0d1117);--line:var(--stepglass-line,#9198a1);--fill:var(--stepglass-fill,#161b22);--error:var(--stepglass-error,"
    "#ff8f85)}}"
    ".stepglass .box{fill:var(--fill);stroke:var(--line)}.stepglass .scope>.box{fill:var(--paper)}"
    ".stepglass .line,.stepglass .head{stroke:var(--line)}.stepglass .head,.stepglass .dot{fill:var(--line)}"
    ".stepglass .under{fill:var(--paper)}.stepglass text{fill:var(--ink)}.stepglass .type{fill:var(--line)}"
    ".stepglass .catch .line,.stepglass .catch .head,.stepglass .fail>.box{stroke:var(--error)}"
    ".stepglass .catch .head{fill:var(--error)}.stepglass .catch text{fill:var(--error)}";

constexpr std::string_view kDashes = " stroke-dasharray=\"6 4\"";

std::string class_of(const State& state) {
  std::string name(kind_word(state));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

/// Pieces of lines by their ends.
using Pieces = std::set<std::pair<std::string, std::string>>;

class Writer {
 public:
  std::string write(const Drawing& drawing, std::string_view name) {
    drawing_ = &drawing;
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stepglass\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" role=\"graphics-document\" aria-roledescription=\"state machine\" "
        "font-family=\"system-ui, sans-serif\" font-size=\"13\" color=\"#1f2328\">\n<title>{2}</title>\n"
        "<desc>{3}</desc>\n<style>{4}</style>\n",
        pixels_text(drawing.size.width), pixels_text(drawing.size.height),
        xml_text(name.empty() ? "State machine" : name), xml_text(drawing.summary), kStyle);
    scope(drawing.scope);
    return out_ + "</svg>\n";
  }

 private:
  /// Recursion follows the nesting of scopes.
  void scope(const DrawnScope& scope) {
    const FlowGraph graph(*scope.scope);
    out_ += "<g class=\"scope\" role=\"group\">\n";
    // Dashed ones last: of what several arrows share, each piece is drawn once.
    Pieces drawn;
    for (const bool dashed : {false, true}) {
      for (const DrawnEdge& edge : scope.edges) {
        if ((edge.edge.way == Way::Catch) == dashed) this->edge(graph, scope, edge, drawn);
      }
    }
    if (scope.start) {
      out_ += fmt::format("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", pixels_text(scope.start->x),
                          pixels_text(scope.start->y), pixels_text(kDotRadius));
    }
    if (scope.end) {
      out_ += fmt::format(
          "<circle class=\"line\" cx=\"{0}\" cy=\"{1}\" r=\"{2}\" fill=\"none\" stroke=\"currentColor\"/>"
          "<circle class=\"dot\" cx=\"{0}\" cy=\"{1}\" r=\"{3}\"/>\n",
          pixels_text(scope.end->x), pixels_text(scope.end->y), pixels_text(kDotRadius), pixels_text(kDotRadius - 3));
    }
    for (const DrawnMissing& one : scope.missing) missing(one);
    for (const std::uint32_t i : reading_order(scope)) state(scope.states[i]);
    out_ += "</g>\n";
  }

  void missing(const DrawnMissing& missing) {
    out_ += "<g class=\"missing\">";
    rect(missing.box, 0, 4, kDashes);
    text(missing.text, "middle", missing.box.x + missing.box.width / 2);
    out_ += "</g>\n";
  }

  void state(const DrawnState& drawn) {
    const State& state = *drawn.state;
    // What is inside of a symbol is not looked at.
    out_ +=
        fmt::format("<g class=\"state {}\" role=\"graphics-{}\" aria-label=\"{}\" data-id=\"{}\">\n<title>{}</title>\n",
                    class_of(state), drawn.scopes.empty() ? "symbol" : "object",
                    xml_text(spoken_text(*drawing_, drawn)), drawn.id, xml_text(state.name));
    shape(state, drawn.box);
    const double middle = drawn.name.box.x + drawn.name.box.width / 2;
    small(kind_text(state), middle, drawn.name.box.y - 4);
    text(drawn.name, "middle", middle);
    if (drawn.hidden > 0) small(hidden_text(drawn.hidden), middle, drawn.name.box.y + drawn.name.box.height + 11);
    for (const DrawnScope& inner : drawn.scopes) scope(inner);
    out_ += "</g>\n";
  }

  void small(std::string_view word, double x, double y) {
    out_ += fmt::format("<text class=\"type\" x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">{}</text>\n",
                        pixels_text(x), pixels_text(y), word);
  }

  /// `more`: attributes.
  void rect(const Box& b, double inset, double radius, std::string_view more) {
    out_ += fmt::format(
        "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" "
        "stroke=\"currentColor\"{}/>\n",
        pixels_text(b.x + inset), pixels_text(b.y + inset), pixels_text(b.width - 2 * inset),
        pixels_text(b.height - 2 * inset), pixels_text(radius), more);
  }

  /// So that kinds differ without colour, too.
  void shape(const State& state, const Box& b) {
    const auto box = [&](double inset, double radius, std::string_view more) { rect(b, inset, radius, more); };
    if (state.has_unknown_kind) return box(0, 4, kDashes);
    match(
        state.kind,
        [&](const Choice&) {
          const double cut = std::min(10.0, b.height / 4);
          out_ += fmt::format(
              "<path class=\"box\" d=\"M{0} {1}H{2}L{3} {4}V{5}L{2} {6}H{0}L{7} {5}V{4}Z\" fill=\"none\" "
              "stroke=\"currentColor\"/>\n",
              pixels_text(b.x + cut), pixels_text(b.y), pixels_text(b.x + b.width - cut), pixels_text(b.x + b.width),
              pixels_text(b.y + cut), pixels_text(b.y + b.height - cut), pixels_text(b.y + b.height), pixels_text(b.x));
        },
        [&](const Succeed&) { box(0, b.height / 2, ""); },
        [&](const Fail&) {
          box(0, b.height / 2, "");
          box(3, b.height / 2 - 3, "");
        },
        [&](const Wait&) { box(0, 4, " stroke-dasharray=\"1 3\" stroke-linecap=\"round\""); },
        [&](const Map&) {
          out_ += fmt::format(
              "<path class=\"box\" d=\"M{0} {1}h4v{2}h-{3}v-4\" fill=\"none\" stroke=\"currentColor\"/>\n",
              pixels_text(b.x + b.width), pixels_text(b.y + 4), pixels_text(b.height), pixels_text(b.width));
          box(0, 4, "");
        },
        [&](const auto&) { box(0, 4, ""); });
  }

  void text(const DrawnText& text, std::string_view anchor, double x) {
    out_ += fmt::format("<text text-anchor=\"{}\" fill=\"currentColor\">", anchor);
    for (std::size_t i = 0; i < text.lines.size(); ++i) {
      out_ +=
          fmt::format("<tspan x=\"{}\" y=\"{}\">{}</tspan>", pixels_text(x),
                      pixels_text(text.box.y + kLineHeight * (static_cast<double>(i) + 0.75)), xml_text(text.lines[i]));
    }
    out_ += "</text>\n";
  }

  void edge(const FlowGraph& graph, const DrawnScope& scope, const DrawnEdge& drawn, Pieces& pieces) {
    const Edge& edge = drawn.edge;
    const auto name = [&](Vertex v) {
      if (v >= graph.vertex_count()) return scope.missing[v - graph.vertex_count()].text.full;
      return v == graph.entry() ? std::string("start") : v == graph.exit() ? std::string("end") : graph.state(v).name;
    };
    std::string title = fmt::format("{} → {}", name(edge.from), name(edge.to));
    if (drawn.label) title += ": " + drawn.label->full;
    out_ += fmt::format("<g class=\"edge {}\"><title>{}</title>", way_word(edge.way), xml_text(title));
    out_ += fmt::format("<path class=\"line\" d=\"{}\" fill=\"none\" stroke=\"currentColor\"{}/>", path(drawn, pieces),
                        edge.way == Way::Catch ? " stroke-dasharray=\"5 3\"" : "");
    if (!drawn.jump && drawn.points.size() > 1) head(drawn);
    for (const auto* label : {&drawn.label, &drawn.jump}) {
      if (!*label) continue;
      const Box& box = (*label)->box;
      out_ += fmt::format("<rect class=\"under\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#fff\"/>",
                          pixels_text(box.x), pixels_text(box.y), pixels_text(box.width), pixels_text(box.height));
      text(**label, "start", box.x);
    }
    out_ += "</g>\n";
  }

  static bool is_loop(const DrawnEdge& drawn) { return drawn.edge.from == drawn.edge.to; }

  /// What is not among `pieces` yet.
  static std::string path(const DrawnEdge& drawn, Pieces& pieces) {
    const std::vector<Point>& points = drawn.points;
    const auto at = [&](std::size_t i) { return pixels_text(points[i].x) + " " + pixels_text(points[i].y); };
    if (points.empty()) return {};
    if (is_loop(drawn) && points.size() == 4) return fmt::format("M{}C{} {} {}", at(0), at(1), at(2), at(3));
    std::string d;
    bool pen_is_there = false;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Point &from = points[i - 1], &to = points[i];
      // Upwards and downwards are the same piece.
      if (!pieces.insert(std::minmax(at(i - 1), at(i))).second) {
        pen_is_there = false;
        continue;
      }
      if (!pen_is_there) d += "M" + at(i - 1);
      pen_is_there = true;
      if (pixels_text(from.x) == pixels_text(to.x)) {
        d += "V" + pixels_text(to.y);
      } else {
        const std::string middle = pixels_text((from.y + to.y) / 2);
        d += fmt::format("C{} {} {} {} {}", pixels_text(from.x), middle, pixels_text(to.x), middle, at(i));
      }
    }
    return d;
  }

  void head(const DrawnEdge& drawn) {
    const Point& end = drawn.points.back();
    if (is_loop(drawn)) {
      out_ += fmt::format("<path class=\"head\" d=\"M{} {}l7 -4v8z\" fill=\"currentColor\"/>", pixels_text(end.x),
                          pixels_text(end.y));
      return;
    }
    const bool down = drawn.points[drawn.points.size() - 2].y <= end.y;
    out_ += fmt::format("<path class=\"head\" d=\"M{} {}l-4 {}h8z\" fill=\"currentColor\"/>", pixels_text(end.x),
                        pixels_text(end.y), down ? -7 : 7);
  }

  const Drawing* drawing_ = nullptr;
  std::string out_;
};

}  // namespace

std::string svg_text(const Drawing& drawing, std::string_view name) {
  return Writer().write(drawing, name);
}

}  // namespace stepglass::analysis
