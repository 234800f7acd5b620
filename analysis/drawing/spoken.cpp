#include "analysis/drawing/spoken.h"

#include <fmt/format.h>

#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

struct Counts {
  std::size_t states = 0, ends = 0, loops = 0;
};

/// Those around before those within.
void number(DrawnScope& scope, Counts& counts) {
  for (const DrawnEdge& edge : scope.edges) counts.loops += edge.back;
  for (const std::uint32_t i : reading_order(scope)) {
    DrawnState& state = scope.states[i];
    state.step = ++counts.states;
    counts.states += state.hidden;
    for (DrawnScope& inner : state.scopes) number(inner, counts);
  }
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
  return state.has_unknown_kind ? "unknown type" : kind_name(state);
}

std::string hidden_text(std::size_t hidden) {
  return "+" + counted(hidden, "state");
}

void number_states(Drawing& drawing) {
  Counts counts;
  number(drawing.scope, counts);
  for (const DrawnEdge& edge : drawing.scope.edges) counts.ends += edge.edge.way == Way::End;
  drawing.state_count = counts.states;
  drawing.summary = counted(counts.states, "state");
  if (const State* start = drawing.scope.scope->start_at.state) {
    drawing.summary += ", starts at " + display_word(start->name);
  }
  drawing.summary += ", " + counted(counts.ends, "end");
  if (counts.loops > 0) drawing.summary += ", " + counted(counts.loops, "loop");
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
