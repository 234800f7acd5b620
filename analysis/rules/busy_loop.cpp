#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule busy_loop;

namespace {

bool takes_time(const State& state) {
  if (std::holds_alternative<Wait>(state.kind)) return true;
  const auto* task = std::get_if<Task>(&state.kind);
  return task && (task->resource.waits_for_submission() || task->resource.kind == Resource::Kind::Activity);
}

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) break;
    if (!scope.reached[loop.states.front()]) continue;
    bool waits = false;
    for (const Vertex v : loop.states) waits = waits || takes_time(scope.flow.state(v));
    if (waits) continue;
    const State& first = scope.flow.state(loop.states.front());
    const auto cycle = names_of(states_of(scope.flow, shortest_cycle(scope.flow, loop.states.front())));
    report.add(first.name_span, fmt::format("the loop {} waits nowhere", arrows(cycle))).help =
        "put a Wait into it if it polls";
  }
}

}  // namespace

const Rule busy_loop{
    .code = "ASL208",
    .name = "busy-loop",
    .severity = Severity::Info,
    .summary = "A loop in which nothing waits.",
    .why =
        "It goes round as fast as the service can and uses up the 25,000 events and the money soon. Where a cursor "
        "moves through pages that is meant; where something is polled it is not.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "A"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})",
    .source = "graph: a strong component without Wait, callback, job or activity",
    .check = check,
};

}  // namespace stepglass::analysis
