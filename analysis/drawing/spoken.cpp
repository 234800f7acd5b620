#include "analysis/drawing/spoken.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// Those around before those within, behind the first `count`. Gives how many there are then.
std::size_t number(DrawnScope& scope, std::size_t count) {
  for (const std::uint32_t i : reading_order(scope)) {
    DrawnState& state = scope.states[i];
    state.step = ++count;
    count += state.hidden;
    for (DrawnScope& inner : state.scopes) count = number(inner, count);
  }
  return count;
}

}  // namespace

std::string way_text(Way way, const std::string& label, const std::string& to) {
  switch (way) {
    case Way::Choice:
      return fmt::format("if {} go to {}", label, to);
    case Way::Default:
      return "else go to " + to;
    case Way::Catch:
      return fmt::format("on {} go to {}", label, to);
    case Way::End:
      return "end";
    case Way::Start:
    case Way::Next:
      break;
  }
  return "next " + to;
}

std::string integration_text(const State& state) {
  const auto* task = std::get_if<Task>(&state.kind);
  if (!task) return {};
  const Resource& resource = task->resource;
  std::string_view service = resource.service;
  if (service.starts_with("aws-sdk:")) service.remove_prefix(8);
  if (resource.kind == Resource::Kind::Lambda || service == "lambda") return "Lambda";
  if (resource.kind == Resource::Kind::Activity) return "activity";
  if (resource.kind == Resource::Kind::Http) return "HTTP";
  return display_word(fmt::format("{}{}{}", service, resource.action.empty() ? "" : " ", resource.action));
}

std::string_view kind_text(const State& state) {
  if (state.has_placeholder_kind) return "type from deployment";
  return state.has_unknown_kind ? "unknown type" : kind_name(state);
}

std::string hidden_text(std::size_t hidden) {
  return "+" + counted(hidden, "state");
}

void number_states(Drawing& drawing) {
  const Scope& scope = *drawing.scope.scope;
  drawing.state_count = number(drawing.scope, 0);
  drawing.summary = counted(drawing.state_count, "state");
  if (const State* start = scope.start_at.state) drawing.summary += ", starts at " + display_word(start->name);
  const auto& edges = drawing.scope.edges;
  const auto ends =
      std::count_if(edges.begin(), edges.end(), [](const auto& edge) { return edge.edge.way == Way::End; });
  drawing.summary += ", " + counted(static_cast<std::size_t>(ends), "end");
  if (const std::size_t loops = count_loops(drawing.scope)) drawing.summary += ", " + counted(loops, "loop");
}

std::string spoken_text(const Drawing& drawing, const DrawnState& state) {
  std::string text = fmt::format("{}, {}", display_word(state.state->name), kind_text(*state.state));
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += ", " + part;
  };
  add(integration_text(*state.state));
  add(fmt::format("step {} of {}", state.step, drawing.state_count));
  if (state.hidden > 0) add("collapsed, " + hidden_text(state.hidden));
  for (const std::string& way : state.ways) add(way);
  return text;
}

}  // namespace stepglass::analysis
