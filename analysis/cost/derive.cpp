// A loop that counts: one state adds a constant to a number that nothing else in the loop writes, and a Choice stays in
// the loop while the number is on one side of a constant. When every way round leads over both, they take turns, so
// that the times the Choice stays are those the number needs: one less where the state counts before the Choice looks
// first.
//
//   Pass "Init" {"i": 0} -> Choice "More" (i < 5 -> "Work", else "Done"), Task "Work" -> Pass "Count" (i + 1) -> "More"
//
// stays five times. Tested by tests/analysis/cost/derive_test.cpp.

#include "analysis/cost/derive.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "analysis/graph/cycles.h"
#include "analysis/rules/framework/history_bounds.h"
#include "analysis/rules/framework/loop_data.h"

namespace stepglass::analysis {
namespace {

// Choices of one scope that are looked at, each with a walk through its loop.
constexpr std::size_t kMaxCountingChoices = 32;

/// The vertices of `loop` that one who comes in can get to without going over `without`.
std::vector<bool> reached_first(const ScopeView& scope, const LoopData& loop, Vertex without) {
  const FlowGraph& flow = scope.flow;
  std::vector<bool> reached(scope.states().size(), false);
  std::vector<Vertex> open;
  const auto reach = [&](Vertex v) {
    if (reached[v]) return;
    reached[v] = true;
    if (v != without) open.push_back(v);
  };
  for (const Edge& edge : flow.edges()) {
    const bool from_outside = !flow.is_state(edge.from) || !loop.contains(edge.from);
    if (from_outside && flow.is_state(edge.to) && loop.contains(edge.to)) reach(edge.to);
  }
  while (!open.empty()) {
    const Vertex v = open.back();
    open.pop_back();
    for (const Edge& edge : flow.out(v)) {
      if (flow.is_state(edge.to) && loop.contains(edge.to)) reach(edge.to);
    }
  }
  return reached;
}

/// The need of all of `edges` for the number at `place`, when they have the same.
const Need* common_need(const std::vector<std::vector<Need>>& edges, const std::string& place) {
  const Need* common = nullptr;
  for (const auto& needs : edges) {
    const auto at = std::find_if(needs.begin(), needs.end(), [&](const Need& need) { return need.place == place; });
    if (at == needs.end()) return nullptr;
    if (common && (common->above != at->above || common->inclusive != at->inclusive || common->limit != at->limit)) {
      return nullptr;
    }
    common = &*at;
  }
  return common;
}

bool is_opposite(const Need& a, const Need& b) {
  return a.limit == b.limit && a.above != b.above && a.inclusive != b.inclusive;
}

struct Rounds {
  double count;
  bool exact;
};

/// How often `choice`, a vertex of the loop, stays in it, when that can be told.
std::optional<Rounds> rounds_of(const ScopeView& scope, const LoopData& loop, Vertex choice) {
  std::vector<std::vector<Need>> staying, leaving;
  for (const Edge& edge : scope.flow.out(choice)) {
    const bool stays = scope.flow.is_state(edge.to) && loop.contains(edge.to);
    (stays ? staying : leaving).push_back(needs_of(scope, edge));
  }
  if (staying.empty()) return std::nullopt;
  for (const Counter& counter : loop.counters()) {
    const Need* stay = common_need(staying, counter.place);
    if (!stay || counter.writer == choice) continue;
    const auto start = loop.start_of(counter);
    if (!start) continue;
    const auto avoids = [&](Vertex other) {
      return [&scope, &loop, other](const Edge& edge) {
        return edge.from != other && edge.to != other && scope.flow.is_state(edge.to) && loop.contains(edge.to);
      };
    };
    if (!shortest_cycle(scope.flow, choice, avoids(counter.writer)).empty()) continue;
    if (!shortest_cycle(scope.flow, counter.writer, avoids(choice)).empty()) continue;
    const bool looks_first = reached_first(scope, loop, counter.writer)[choice];
    const bool counts_first = reached_first(scope, loop, choice)[counter.writer];
    if (looks_first == counts_first) continue;
    // It leaves as soon as it may not stay.
    const Need leave{stay->key, stay->place, !stay->above, !stay->inclusive, stay->limit};
    const auto holds_at_once = [&] {
      const auto first = static_cast<double>(*start + (counts_first ? counter.step : 0));
      return leave.above ? (leave.inclusive ? first >= leave.limit : first > leave.limit)
                         : (leave.inclusive ? first <= leave.limit : first < leave.limit);
    };
    double count = 0;
    if (!holds_at_once()) {
      const std::uint64_t turns = turns_before(leave, counter, *start);
      if (turns == 0) continue;
      count = static_cast<double>(turns) - (counts_first ? 1 : 0);
    }
    const Need* left = common_need(leaving, counter.place);
    return Rounds{count, !leaving.empty() && left && is_opposite(*left, *stay)};
  }
  return std::nullopt;
}

class Deriver {
 public:
  Deriver(std::string_view name, Assumptions& into) : into_(into), own_(into.machines[std::string(name)]) {}

  void derive(const ScopeView& scope) {
    for (const State& state : scope.states()) {
      const auto items = known_items(scope, state);
      if (items) set(state, static_cast<double>(*items), &StateAssumptions::items);
    }
    if (!scope.complete) return;
    std::size_t looked_at = 0;
    for (const Loop& loop : scope.loops) {
      std::vector<Vertex> choices;
      for (const Vertex v : loop.states) {
        if (std::holds_alternative<Choice>(scope.states()[v].kind)) choices.push_back(v);
      }
      if (choices.empty() || looked_at >= kMaxCountingChoices) continue;
      const LoopData data(scope, loop);
      if (data.counters().empty()) continue;
      for (const Vertex v : choices) {
        if (++looked_at > kMaxCountingChoices) break;
        const auto rounds = rounds_of(scope, data, v);
        if (!rounds) continue;
        const State& state = scope.states()[v];
        if (has(state, &StateAssumptions::rounds) || has(state, &StateAssumptions::max_rounds)) continue;
        set(state, rounds->count, rounds->exact ? &StateAssumptions::rounds : &StateAssumptions::max_rounds);
      }
    }
  }

 private:
  using Field = std::optional<Assumed<double>> StateAssumptions::*;

  bool has(const State& state, Field field) const {
    for (const MachineAssumptions* from : {&std::as_const(own_), &std::as_const(into_.all)}) {
      const auto at = from->states.find(state.name);
      if (at != from->states.end() && (at->second.*field)) return true;
    }
    return false;
  }

  void set(const State& state, double value, Field field) {
    if (!has(state, field)) own_.states[state.name].*field = Assumed<double>{value, Origin::Derived, {}};
  }

  Assumptions& into_;
  MachineAssumptions& own_;
};

}  // namespace

void derive_assumptions(const MachineView& machine, std::string_view name, Assumptions& into) {
  Deriver deriver(name, into);
  for (const ScopeView& scope : machine.scopes()) deriver.derive(scope);
}

}  // namespace stepglass::analysis
