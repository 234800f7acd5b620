#include "analysis/drawing/graph_text.h"

#include <fmt/format.h>

#include <utility>

#include "analysis/drawing/drawing.h"
#include "analysis/drawing/edge_text.h"
#include "analysis/drawing/spoken.h"
#include "analysis/graph/flow_graph.h"
#include "engine/support/number.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// In order.
using Names = std::vector<std::string>;

/// Its scopes as far as they are shown.
std::vector<const Scope*> shown_scopes(const State& state, const Names& collapsed) {
  return count_hidden(state, collapsed) > 0 ? std::vector<const Scope*>() : inner_scopes(state);
}

/// Its name, and how many states it hides.
std::string node_text(const State& state, const Names& collapsed) {
  const std::size_t hidden = count_hidden(state, collapsed);
  return hidden == 0 ? state.name : fmt::format("{} {}", state.name, hidden_text(hidden));
}

/// Of a place in a scope: the state's number, "start", "end", or "missing" with a number.
std::string id_of(const FlowGraph& graph, const std::string& prefix, Vertex v) {
  if (graph.is_state(v)) return fmt::format("{}{}", prefix, v);
  if (v >= graph.vertex_count()) return fmt::format("{}missing{}", prefix, v - graph.vertex_count());
  return prefix + (v == graph.entry() ? "start" : "end");
}

// ------------------------------------------------------------------------------------------------------------- DOT

/// A quoted string of DOT.
std::string dot(std::string_view text) {
  std::string out = "\"";
  for (const char c : display(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Recursion follows the nesting of the definition, which reading bounds by kMaxDepth.
void append_dot(std::string& out, const Scope& scope, const Names& collapsed, const std::string& prefix,
                std::size_t level) {
  const std::string indent(2 * level, ' ');
  const FlowGraph graph(scope);
  out += fmt::format("{}\"{}start\" [shape=circle, label=\"\", width=0.2];\n", indent, prefix);
  out += fmt::format("{}\"{}end\" [shape=doublecircle, label=\"\", width=0.15];\n", indent, prefix);
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    const State& state = graph.state(v);
    const bool decides = std::holds_alternative<stepglass::Choice>(state.kind);
    out += fmt::format("{}\"{}{}\" [shape={}, label={}{}];\n", indent, prefix, v, decides ? "diamond" : "box",
                       dot(fmt::format("{} ({})", node_text(state, collapsed), kind_text(state))),
                       state.has_unknown_kind ? ", style=dashed" : "");
    std::size_t number = 0;
    for (const Scope* inner : shown_scopes(state, collapsed)) {
      const std::string name = fmt::format("{}{}.{}.", prefix, v, number++);
      out += fmt::format("{}subgraph \"cluster_{}\" {{\n{}  label={};\n", indent, name, indent, dot(state.name));
      append_dot(out, *inner, collapsed, name, level + 1);
      out += fmt::format("{}}}\n{}\"{}{}\" -> \"{}start\" [style=dotted];\n", indent, indent, prefix, v, name);
    }
  }
  const AllWays ways = graph.all_ways();
  for (std::size_t i = 0; i < ways.missing.size(); ++i) {
    out += fmt::format("{}\"{}missing{}\" [shape=box, label={}, style=dashed];\n", indent, prefix, i,
                       dot(missing_text(ways.missing[i])));
  }
  for (const Edge& edge : ways.edges) {
    out += fmt::format("{}\"{}\" -> \"{}\"", indent, id_of(graph, prefix, edge.from), id_of(graph, prefix, edge.to));
    const std::string label = edge_text(graph, edge);
    if (!label.empty()) {
      out += fmt::format(" [label={}{}]", dot(label), edge.way == Way::Catch ? ", style=dashed" : "");
    }
    out += ";\n";
  }
}

// --------------------------------------------------------------------------------------------------------- Mermaid

/// Text inside quotes of Mermaid, which knows no escapes but entities.
std::string mermaid(std::string_view text) {
  std::string out = "\"";
  for (const char c : display(text)) {
    switch (c) {
      case '"':
        out += "#quot;";
        break;
      case '#':
        out += "#35;";
        break;
      case '<':
        out += "#lt;";
        break;
      case '>':
        out += "#gt;";
        break;
      case '&':
        out += "#amp;";
        break;
      case '`':
        out += "#96;";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

constexpr std::string_view kDashes = " stroke-dasharray:6 4\n";

void append_mermaid(std::string& out, const Scope& scope, const Names& collapsed, const std::string& prefix,
                    std::size_t level) {
  const std::string indent(2 * level, ' ');
  const FlowGraph graph(scope);
  out += fmt::format("{}{}start(( ))\n{}{}end(( ))\n", indent, prefix, indent, prefix);
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    const State& state = graph.state(v);
    const bool decides = std::holds_alternative<stepglass::Choice>(state.kind);
    std::string text = node_text(state, collapsed);
    if (state.has_unknown_kind) text += fmt::format(" ({})", kind_text(state));
    out += fmt::format("{}{}{}{}{}{}\n", indent, prefix, v, decides ? "{" : "[", mermaid(text), decides ? "}" : "]");
    if (state.has_unknown_kind) out += fmt::format("{}style {}{}{}", indent, prefix, v, kDashes);
    std::size_t number = 0;
    for (const Scope* inner : shown_scopes(state, collapsed)) {
      const std::string name = fmt::format("{}{}_{}_", prefix, v, number++);
      out += fmt::format("{}subgraph {}scope[{}]\n", indent, name, mermaid(state.name));
      append_mermaid(out, *inner, collapsed, name, level + 1);
      out += fmt::format("{}end\n{}{}{} -.- {}start\n", indent, indent, prefix, v, name);
    }
  }
  const AllWays ways = graph.all_ways();
  for (std::size_t i = 0; i < ways.missing.size(); ++i) {
    out += fmt::format("{0}{1}missing{2}[{3}]\n{0}style {1}missing{2}{4}", indent, prefix, i,
                       mermaid(missing_text(ways.missing[i])), kDashes);
  }
  for (const Edge& edge : ways.edges) {
    const std::string label = edge_text(graph, edge);
    out +=
        fmt::format("{}{} {}{} {}\n", indent, id_of(graph, prefix, edge.from), edge.way == Way::Catch ? "-.->" : "-->",
                    label.empty() ? "" : fmt::format("|{}|", mermaid(label)), id_of(graph, prefix, edge.to));
  }
}

// -------------------------------------------------------------------------------------------------------- PlantUML

/// Text in quotes or behind a colon of PlantUML. Any sign may be markup somewhere (links, lists, lines, entities), so
/// all but a few are written by their numbers.
std::string plantuml(std::string_view text) {
  constexpr std::string_view kPlain = " $.,()";
  std::string out;
  for (const char c : display(text)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_letter || static_cast<unsigned char>(c) >= 0x80 || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("<U+{:04X}>", static_cast<unsigned char>(c));
    }
  }
  return out;
}

constexpr std::string_view kDashedLine = " ##[dashed]gray";

void append_plantuml(std::string& out, const Scope& scope, const Names& collapsed, const std::string& prefix,
                     std::size_t level) {
  const std::string indent(2 * level, ' ');
  const FlowGraph graph(scope);
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    const State& state = graph.state(v);
    out += fmt::format("{}state \"{}\" as {}{}{}", indent, plantuml(node_text(state, collapsed)), prefix, v,
                       state.has_unknown_kind ? kDashedLine : "");
    std::size_t number = 0;
    for (const Scope* inner : shown_scopes(state, collapsed)) {
      out += number == 0 ? std::string(" {\n") : indent + "  --\n";
      append_plantuml(out, *inner, collapsed, fmt::format("{}{}_{}_", prefix, v, number++), level + 1);
    }
    out += number == 0 ? "\n" : indent + "}\n";
    out += fmt::format("{}{}{} : {}\n", indent, prefix, v, kind_text(state));
  }
  const AllWays ways = graph.all_ways();
  for (std::size_t i = 0; i < ways.missing.size(); ++i) {
    out += fmt::format("{}state \"{}\" as {}missing{}{}\n", indent, plantuml(missing_text(ways.missing[i])), prefix, i,
                       kDashedLine);
  }
  const auto id = [&](Vertex v) {
    return v == graph.entry() || v == graph.exit() ? std::string("[*]") : id_of(graph, prefix, v);
  };
  for (const Edge& edge : ways.edges) {
    const std::string label = edge_text(graph, edge);
    out += fmt::format("{}{} {} {}{}{}\n", indent, id(edge.from), edge.way == Way::Catch ? "-[dashed]->" : "-->",
                       id(edge.to), label.empty() ? "" : " : ", plantuml(label));
  }
}

// ------------------------------------------------------------------------------------------------------------ JSON

void append_json_scope(std::string& out, const Scope& scope, const Names& collapsed, const std::string& prefix) {
  const FlowGraph graph(scope);
  const auto id = [&](Vertex v) { return fmt::format("{}{}", prefix, v); };
  out += "{\"start\":";
  if (scope.start_at.state) {
    append_json_string(out, id(graph.vertex(*scope.start_at.state)));
  } else {
    out += "null";
  }
  out += ",\"states\":[";
  for (Vertex v = 0; v < graph.state_count(); ++v) {
    const State& state = graph.state(v);
    if (v > 0) out += ',';
    out += "{\"id\":";
    append_json_string(out, id(v));
    out += ",\"name\":";
    append_json_string(out, state.name);
    out += ",\"type\":";
    append_json_string(out, kind_word(state));
    if (const std::size_t hidden = count_hidden(state, collapsed)) out += fmt::format(",\"hidden\":{}", hidden);
    const auto scopes = shown_scopes(state, collapsed);
    if (!scopes.empty()) {
      out += ",\"scopes\":[";
      for (std::size_t i = 0; i < scopes.size(); ++i) {
        if (i > 0) out += ',';
        append_json_scope(out, *scopes[i], collapsed, fmt::format("{}{}.{}.", prefix, v, i));
      }
      out += ']';
    }
    out += '}';
  }
  out += "],\"edges\":[";
  bool first = true;
  const AllWays ways = graph.all_ways();
  const auto append_id = [&](Vertex v) {
    if (graph.is_state(v)) {
      append_json_string(out, id(v));
    } else {
      out += "null";
    }
  };
  for (const Edge& edge : ways.edges) {
    // "start" says it.
    if (edge.way == Way::Start && graph.is_state(edge.to)) continue;
    if (!first) out += ',';
    first = false;
    out += "{\"from\":";
    append_id(edge.from);
    out += ",\"to\":";
    append_id(edge.to);
    if (edge.to >= graph.vertex_count()) {
      append_json_member(out, "missing", ways.missing[edge.to - graph.vertex_count()]);
    }
    out += ",\"kind\":";
    append_json_string(out, way_word(edge.way));
    if (edge.way == Way::Choice || edge.way == Way::Catch) {
      out += ",\"index\":";
      append_integer(out, edge.index);
    }
    const std::string label = edge_text(graph, edge);
    if (!label.empty()) {
      out += ",\"label\":";
      append_json_string(out, label);
    }
    out += '}';
  }
  out += "]}";
}

}  // namespace

std::optional<GraphFormat> parse_graph_format(std::string_view word) {
  if (word == "dot") return GraphFormat::Dot;
  if (word == "mermaid") return GraphFormat::Mermaid;
  if (word == "plantuml") return GraphFormat::PlantUml;
  if (word == "json") return GraphFormat::Json;
  if (word == "svg") return GraphFormat::Svg;
  if (word == "drawing") return GraphFormat::Drawing;
  return std::nullopt;
}

std::string graph_text(GraphFormat format, const StateMachine& machine, const GraphOptions& options) {
  Names collapsed = options.collapsed;
  sort_stable(collapsed);
  std::string out;
  switch (format) {
    case GraphFormat::Dot:
      out = "digraph stepglass {\n  node [fontname=\"sans-serif\"];\n";
      append_dot(out, machine.scope, collapsed, "", 1);
      return out + "}\n";
    case GraphFormat::Mermaid:
      out = "flowchart TD\n";
      append_mermaid(out, machine.scope, collapsed, "s", 1);
      return out;
    case GraphFormat::PlantUml:
      out = "@startuml\nhide empty description\n";
      append_plantuml(out, machine.scope, collapsed, "s", 0);
      return out + "@enduml\n";
    case GraphFormat::Json:
      append_json_scope(out, machine.scope, collapsed, "");
      return out;
    case GraphFormat::Svg:
      return svg_text(draw(machine, std::move(collapsed)), options.name);
    case GraphFormat::Drawing:
      return drawing_json(draw(machine, std::move(collapsed)), options.source);
  }
  return out;
}

}  // namespace stepglass::analysis
