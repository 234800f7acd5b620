#include "analysis/drawing/outline.h"

#include <fmt/format.h>

#include "analysis/drawing/spoken.h"
#include "engine/support/text.h"
#include "engine/support/xml.h"

namespace stepglass::analysis {
namespace {

void append_scope(std::string& out, const DrawnScope& scope);

void append_state(std::string& out, const DrawnState& drawn) {
  const State& state = *drawn.state;
  const std::string calls = integration_text(state);
  out += fmt::format("<li><b>{}</b> {}{}{}<ul>", xml_text(display_word(state.name)), kind_text(state),
                     calls.empty() ? "" : ", ", xml_text(calls));
  for (const std::string& way : drawn.ways) out += fmt::format("<li>{}</li>", xml_text(way));
  out += "</ul>";
  const bool is_map = std::holds_alternative<Map>(state.kind);
  std::size_t number = 0;
  for (const DrawnScope& inner : drawn.scopes) {
    ++number;
    out +=
        fmt::format("<details open><summary>{}</summary>", is_map ? "For each item" : fmt::format("Branch {}", number));
    append_scope(out, inner);
    out += "</details>";
  }
  out += "</li>\n";
}

/// Recursion follows the nesting of scopes.
void append_scope(std::string& out, const DrawnScope& scope) {
  out += "<ol>\n";
  for (const std::uint32_t i : reading_order(scope)) append_state(out, scope.states[i]);
  out += "</ol>";
}

}  // namespace

std::string outline_html(const Drawing& drawing) {
  std::string out = fmt::format("<details><summary>Outline: {}</summary>", xml_text(drawing.summary));
  append_scope(out, drawing.scope);
  return out + "</details>\n";
}

}  // namespace stepglass::analysis
