#include "analysis/rules/framework/history_bounds.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include "analysis/graph/cycles.h"
#include "analysis/rules/framework/data_flow.h"
#include "analysis/rules/framework/loop_data.h"
#include "engine/support/match.h"
#include "engine/support/number.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"

namespace stepglass::analysis {
namespace {

// Far above every limit, and sums of many still fit. What costs this much cannot end well.
constexpr std::uint64_t kNever = std::uint64_t{1} << 50;
// Events of a caught failure that are sure: the state is entered and left.
constexpr std::uint64_t kCaughtEvents = 2;
// Items of a range that is counted; no Map has as many.
constexpr std::int64_t kMostItems = 1'000'000'000;
// Counters of one scope whose turns are counted.
constexpr std::size_t kMaxCounters = 32;

std::uint64_t add(std::uint64_t a, std::uint64_t b) {
  return std::min(a + b, kNever);
}
std::uint64_t times(std::uint64_t count, std::uint64_t each) {
  return each != 0 && count > kNever / each ? kNever : count * each;
}

/// The items of `{% [1..5] %}`.
std::optional<std::uint64_t> range_items(std::string_view text) {
  if (!text.starts_with("{%") || !text.ends_with("%}") || text.size() < 4) return std::nullopt;
  text = trimmed(text.substr(2, text.size() - 4));
  const std::size_t dots = text.find("..");
  if (!text.starts_with('[') || !text.ends_with(']') || dots == std::string_view::npos) return std::nullopt;
  const auto first = parse_integer(trimmed(text.substr(1, dots - 1)));
  const auto last = parse_integer(trimmed(text.substr(dots + 2, text.size() - dots - 3)));
  if (!first || !last || *first < 0 || *last < *first || *last > kMostItems) return std::nullopt;
  return static_cast<std::uint64_t>(*last - *first + 1);
}

}  // namespace

std::optional<std::uint64_t> known_items(const ScopeView& scope, const State& state) {
  const auto* map = std::get_if<Map>(&state.kind);
  if (!map || map->distributed) return std::nullopt;
  if (map->items) {
    const Value& written = map->items->written;
    if (written.is_array()) return written.size();
    return written.is_string() ? range_items(written.as_string()) : std::nullopt;
  }
  const auto& counts = scope.machine.data_facts().item_counts;
  const auto at = std::lower_bound(counts.begin(), counts.end(), &state, [](const auto& entry, const State* s) {
    return std::less<const State*>()(entry.first, s);
  });
  return at != counts.end() && at->first == &state ? std::optional(at->second) : std::nullopt;
}

bool has_history(const ScopeView& scope) {
  return !scope.express && (!scope.outer || scope.is_child_execution());
}

HistoryBounds::HistoryBounds(const MachineView& machine) : machine_(machine) {
  for (const ScopeView& scope : machine.scopes()) bounds_.emplace_back(&scope, Bounds());
  sort_stable(bounds_, [](const auto& a, const auto& b) { return std::less<const ScopeView*>()(a.first, b.first); });
  // Inner scopes first.
  for (auto scope = machine.scopes().rbegin(); scope != machine.scopes().rend(); ++scope) find(*scope);
}

std::size_t HistoryBounds::place_of(const ScopeView& scope) const {
  const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), &scope, [](const auto& entry, const ScopeView* s) {
    return std::less<const ScopeView*>()(entry.first, s);
  });
  return static_cast<std::size_t>(at - bounds_.begin());
}

const HistoryBounds::Bounds& HistoryBounds::of(const ScopeView& scope) const {
  return bounds_[place_of(scope)].second;
}

const std::optional<CheapestPath>& HistoryBounds::least(const ScopeView& scope) const {
  return of(scope).least;
}

std::uint64_t HistoryBounds::least_bytes(const ScopeView& scope) const {
  return of(scope).least_bytes;
}

std::uint64_t HistoryBounds::of_state(const ScopeView& scope, const State& state) const {
  return of(scope).events[scope.flow.vertex(state)];
}

std::uint64_t HistoryBounds::of_edge(const ScopeView& scope, const Edge& edge) const {
  if (!scope.flow.is_state(edge.from)) return 0;
  return edge.way == Way::Catch ? kCaughtEvents : of(scope).events[edge.from];
}

std::uint64_t HistoryBounds::count(const ScopeView& scope, const State& state) const {
  // Of a scope inside: what it surely adds when it ends well.
  const auto inside = [&](const Scope& inner) -> std::uint64_t {
    const ScopeView* view = machine_.find(inner);
    if (!view || !view->complete) return 0;
    const auto& path = of(*view).least;
    return path ? path->cost : kNever;
  };
  return match(
      state.kind, [](const Pass&) -> std::uint64_t { return 2; },
      [](const Task& task) -> std::uint64_t { return task.resource.waits_for_submission() ? 6 : 5; },
      [](const stepglass::Choice&) -> std::uint64_t { return 2; }, [](const Wait&) -> std::uint64_t { return 2; },
      [](const Succeed&) -> std::uint64_t { return 2; },
      // It ends, but not well.
      [](const Fail&) -> std::uint64_t { return kNever; },
      [&](const Parallel& parallel) -> std::uint64_t {
        std::uint64_t events = 4;
        for (const Scope& branch : parallel.branches) events = add(events, inside(branch));
        return events;
      },
      [&](const Map& map) -> std::uint64_t {
        if (map.distributed) return 6;
        const auto items = known_items(scope, state);
        return items ? add(4, times(*items, add(2, inside(map.processor)))) : 4;
      });
}

std::uint64_t HistoryBounds::output_bytes(const ScopeView& scope, const State& state) const {
  const Node node = scope.node(state);
  if (state.language == QueryLanguage::JSONata) {
    const bool literal = state.output && !state.output->compiled;
    return literal && !node.find("Output")->is_string() ? json_size(state.output->written) : 0;
  }
  if (node.find("OutputPath") || node.find("ResultPath")) return 0;
  if (const auto* pass = std::get_if<Pass>(&state.kind)) {
    if (pass->result) return json_size(*pass->result);
    const auto* parameters = std::get_if<Template>(&pass->parameters);
    const auto* value = parameters ? std::get_if<Value>(&parameters->root().content) : nullptr;
    return value ? json_size(*value) : 0;
  }
  if (node.find("ResultSelector")) return 0;
  if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
    std::uint64_t bytes = 1;
    for (const Scope& branch : parallel->branches) {
      const ScopeView* view = machine_.find(branch);
      bytes = add(bytes, view ? 1 + of(*view).least_bytes : 0);
    }
    return bytes;
  }
  return 0;
}

void HistoryBounds::find(const ScopeView& scope) {
  Bounds& bounds = bounds_[place_of(scope)].second;
  bounds.events.reserve(scope.states().size());
  for (const State& state : scope.states()) bounds.events.push_back(count(scope, state));
  if (!scope.complete) return;

  // Leaving a loop that counts costs the turns that it surely has gone through before: its counting state has run that
  // often, and from each time to the next is a way round.
  std::vector<std::uint64_t> extra(scope.flow.edges().size());
  const Edge* first = scope.flow.edges().data();
  const auto cost = [&](const Edge& edge) {
    return add(of_edge(scope, edge), extra[static_cast<std::size_t>(&edge - first)]);
  };
  std::size_t looked_at = 0;
  for (const Loop& loop : scope.loops) {
    if (!scope.reached[loop.states.front()] || looked_at >= kMaxCounters) continue;
    const LoopData data(scope, loop);
    if (data.counters().empty()) continue;
    std::map<std::string, std::vector<std::pair<const Edge*, Need>>> needs;
    for (const Vertex v : loop.states) {
      for (const Edge& edge : scope.flow.out(v)) {
        if (scope.flow.is_state(edge.to) && data.contains(edge.to)) continue;
        for (Need& need : needs_of(scope, edge)) {
          std::string place = need.place;
          needs[std::move(place)].emplace_back(&edge, std::move(need));
        }
      }
    }
    for (const Counter& counter : data.counters()) {
      const auto found = needs.find(counter.place);
      if (found == needs.end() || ++looked_at > kMaxCounters) continue;
      const auto start = data.start_of(counter);
      if (!start) continue;
      const std::uint64_t round = std::min(
          cheapest_cycle(scope.flow, counter.writer, [&](const Edge& edge) { return of_edge(scope, edge); }), kNever);
      for (const auto& [edge, need] : found->second) {
        const std::uint64_t turns = turns_before(need, counter, *start);
        if (turns < 2) continue;
        std::uint64_t& more = extra[static_cast<std::size_t>(edge - first)];
        more = std::max(more, times(turns - 1, round));
      }
    }
  }
  bounds.least =
      cheapest_path(scope.flow, scope.flow.entry(), scope.flow.exit(), std::function<std::uint64_t(const Edge&)>(cost));
  if (bounds.least && bounds.least->cost >= kNever) bounds.least.reset();

  std::optional<std::uint64_t> bytes;
  for (const State& state : scope.states()) {
    if (!scope.reachable(state) || std::holds_alternative<Fail>(state.kind)) continue;
    const auto out = scope.flow.out(scope.flow.vertex(state));
    if (std::none_of(out.begin(), out.end(), [](const Edge& edge) { return edge.way == Way::End; })) continue;
    bytes = std::min(bytes.value_or(UINT64_MAX), output_bytes(scope, state));
  }
  bounds.least_bytes = bytes.value_or(0);
}

}  // namespace stepglass::analysis
