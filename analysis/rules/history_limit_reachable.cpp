#include <functional>

#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"
#include "analysis/rules/framework/history_bounds.h"
#include "analysis/rules/framework/loop_data.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule history_limit_reachable;

namespace {

/// A counter leads out of the loop: whoever wrote it has thought of an end.
bool counts_out(const ScopeView& scope, const LoopData& data) {
  if (data.counters().empty()) return false;
  for (const Edge& edge : data.loop().exits) {
    for (const Need& need : needs_of(scope, edge)) {
      const Counter* counter = data.counter(need.place);
      if (counter && need.above == (counter->step > 0)) return true;
    }
  }
  return false;
}

/// The seconds that a way waits at least, as people say them; empty when it waits nowhere.
std::string time_of(const ScopeView& scope, const std::vector<Edge>& cycle, std::uint64_t turns) {
  std::uint64_t seconds = 0;
  for (const Edge& edge : cycle) {
    const auto* wait = std::get_if<Wait>(&scope.flow.state(edge.from).kind);
    const auto* fixed = wait ? std::get_if<std::int64_t>(&wait->seconds) : nullptr;
    if (fixed && *fixed > 0) seconds += static_cast<std::uint64_t>(*fixed);
  }
  if (seconds == 0 || seconds > 400u * 86'400u) return {};
  const std::uint64_t all = seconds * turns;
  if (all < 2 * 3600) return fmt::format(", after {} minutes of waiting", all / 60);
  if (all < 2 * 86'400) return fmt::format(", after {} hours of waiting", all / 3600);
  return fmt::format(", after {} days of waiting", all / 86'400);
}

void check(const ScopeView& scope, Report& report) {
  if (scope.express || !scope.complete) return;
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) return;
    const Vertex head = loop.states.front();
    // A loop without a way out is told by loop-without-exit.
    if (!scope.reached[head] || loop.exits.empty() || counts_out(scope, LoopData(scope, loop))) continue;
    const HistoryBounds& bounds = scope.machine.history_bounds();
    const auto cycle = shortest_cycle(scope.flow, head);
    std::uint64_t events = 0;
    bool exact = true;
    for (const Edge& edge : cycle) {
      const State& state = scope.flow.state(edge.from);
      events += bounds.of_edge(scope, edge);
      exact = exact && edge.way != Way::Catch && state.retry.empty() && !std::holds_alternative<Map>(state.kind) &&
              !std::holds_alternative<Parallel>(state.kind);
    }
    if (events == 0 || events > kMaxHistoryEvents) continue;
    const std::uint64_t turns = (kMaxHistoryEvents - 2) / events;
    report
        .add(scope.flow.state(head).name_span,
             fmt::format("the loop {} takes {} events{} a turn: an execution that is still in it fails in turn {} at "
                         "the latest{}",
                         arrows(names_of(states_of(scope.flow, cycle))), events, exact ? "" : " or more", turns + 1,
                         time_of(scope, cycle, turns)))
        .help = "count the turns and start a new execution in time";
  }
  for (const State& state : scope.states()) {
    const auto* map = std::get_if<Map>(&state.kind);
    if (!map || map->distributed || !scope.reachable(state) || report.is_full()) continue;
    const ScopeView* inside = scope.machine.find(map->processor);
    if (!inside || !inside->complete || known_items(scope, state)) continue;
    const auto& body = scope.machine.history_bounds().least(*inside);
    if (!body) continue;
    const std::uint64_t each = body->cost + 2;
    report
        .add(state.name_span, fmt::format("each item takes {} events or more: more than {} items do not fit into an "
                                          "execution's history",
                                          each, (kMaxHistoryEvents - 2 - 4) / each))
        .help = "use a distributed Map when there can be so many";
  }
}

}  // namespace

const Rule history_limit_reachable{
    .code = "ASL511",
    .name = "history-limit-reachable",
    .severity = Severity::Info,
    .summary = "A loop or a Map that a history of 25,000 events can be too short for, with the number.",
    .why =
        "A Standard execution fails at 25,000 events. Nothing in the definition keeps the loop from more turns, or the "
        "Map from more items, than that.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})json",
    .good = R"json({"StartAt": "N", "States": {
  "N": {"Type": "Pass", "Result": {"i": 0}, "ResultPath": "$.count", "Next": "A"},
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "ResultPath": null, "Next": "I"},
  "I": {"Type": "Pass", "Parameters": {"i.$": "States.MathAdd($.count.i, 1)"}, "ResultPath": "$.count", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.count.i", "NumericGreaterThan": 10, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})json",
    .source = "service quotas, \"Maximum execution history size\"",
    .check = check,
};

}  // namespace stepglass::analysis
