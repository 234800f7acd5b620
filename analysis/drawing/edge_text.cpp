#include "analysis/drawing/edge_text.h"

#include <algorithm>

#include "engine/support/text.h"

namespace stepglass::analysis {

std::vector<const Scope*> inner_scopes(const State& state) {
  std::vector<const Scope*> scopes;
  if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
    for (const Scope& branch : parallel->branches) scopes.push_back(&branch);
  } else if (const auto* map = std::get_if<Map>(&state.kind)) {
    if (!map->processor.states.empty()) scopes.push_back(&map->processor);
  }
  return scopes;
}

std::size_t count_states_within(const State& state) {
  std::size_t count = 0;
  for (const Scope* scope : inner_scopes(state)) {
    count += scope->states.size();
    for (const State& inner : scope->states) count += count_states_within(inner);
  }
  return count;
}

std::size_t count_hidden(const State& state, const std::vector<std::string>& collapsed) {
  return std::binary_search(collapsed.begin(), collapsed.end(), state.name) ? count_states_within(state) : 0;
}

std::string_view kind_word(const State& state) {
  return state.has_unknown_kind ? "unknown" : kind_name(state);
}

std::string missing_text(std::string_view name) {
  return "missing: " + display_word(name);
}

std::string_view way_word(Way way) {
  switch (way) {
    case Way::Start:
      return "start";
    case Way::Next:
      return "next";
    case Way::Choice:
      return "choice";
    case Way::Default:
      return "default";
    case Way::Catch:
      return "catch";
    case Way::End:
      return "end";
  }
  return "next";
}

std::string edge_text(const FlowGraph& graph, const Edge& edge) {
  switch (edge.way) {
    case Way::Choice:
      return fmt::format("rule {}", edge.index + 1);
    case Way::Default:
      return "default";
    case Way::Catch: {
      std::string names;
      for (const std::string& name : graph.state(edge.from).catchers[edge.index].error_equals) {
        names += (names.empty() ? "" : ", ") + display_word(name);
      }
      return names;
    }
    case Way::Start:
    case Way::Next:
    case Way::End:
      break;
  }
  return {};
}

}  // namespace stepglass::analysis
