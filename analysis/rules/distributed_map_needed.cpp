#include "analysis/rules/check.h"
#include "analysis/rules/framework/history_bounds.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule distributed_map_needed;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* map = std::get_if<Map>(&state.kind);
    if (!map || map->distributed || !scope.reachable(state) || report.is_full()) continue;
    const auto items = known_items(scope, state);
    const ScopeView* inside = items ? scope.machine.find(map->processor) : nullptr;
    if (!inside || !inside->complete || *items == 0) continue;
    const HistoryBounds& bounds = scope.machine.history_bounds();
    const auto& body = bounds.least(*inside);
    if (!body) continue;
    const ScopeView* whole = &scope;
    while (whole->outer && !whole->is_child_execution()) whole = whole->outer;
    const auto& least = bounds.least(*whole);
    // Where no execution can succeed at all, history-limit-certain says so.
    const bool told = least && least->cost + 2 > kMaxHistoryEvents;
    const std::uint64_t events = bounds.of_state(scope, state);
    if (events + 2 > kMaxHistoryEvents && !scope.express && !told) {
      report
          .add(state.name_span,
               fmt::format("{} items with {} events or more each do not fit into a history, which ends at {}", *items,
                           body->cost + 2, kMaxHistoryEvents))
          .help = "make it a distributed Map, whose children have histories of their own";
      continue;
    }
    const std::uint64_t each = bounds.least_bytes(*inside);
    const Node node = scope.node(state);
    if (node.find("ResultSelector") || node.find("ResultPath") || node.find("Output") || each == 0) continue;
    if (*items > kMaxPayloadBytes || *items * (each + 1) + 1 <= kMaxPayloadBytes) continue;
    report
        .add(state.name_span, fmt::format("the results of {} items, {} bytes or more each, are more than the {} that a "
                                          "payload may have",
                                          *items, each, kMaxPayloadBytes))
        .help = "make it a distributed Map with a ResultWriter";
  }
}

}  // namespace

const Rule distributed_map_needed{
    .code = "ASL512",
    .name = "distributed-map-needed",
    .severity = Severity::Warning,
    .summary = "An inline Map whose items do not fit into one execution.",
    .why =
        "All events of an inline Map go into the history of its execution, which ends at 25,000, and all its results "
        "into one payload of 262,144 bytes. The children of a distributed Map have histories of their own.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.all", "BooleanEquals": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..7000] %}", "MaxConcurrency": 1, "End": true,
    "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.all", "BooleanEquals": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Map", "QueryLanguage": "JSONata", "Items": "{% [1..700] %}", "MaxConcurrency": 1, "End": true,
    "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}},
  "C": {"Type": "Succeed"}}})",
    .source = "service quotas, \"Maximum execution history size\"",
    .check = check,
};

}  // namespace stepglass::analysis
