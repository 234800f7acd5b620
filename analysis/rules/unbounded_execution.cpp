#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule unbounded_execution;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) break;
    if (!scope.reached[loop.states.front()]) continue;
    const State& first = scope.flow.state(loop.states.front());
    const auto cycle = names_of(states_of(scope.flow, shortest_cycle(scope.flow, loop.states.front())));
    report.add(first.name_span, fmt::format("nothing limits how often {} is gone through", arrows(cycle)));
  }
}

}  // namespace

const Rule unbounded_execution{
    .code = "ASL209",
    .name = "unbounded-execution",
    .severity = Severity::Info,
    .summary = "A loop: nothing in the definition limits how often it is gone through.",
    .why = "Neither cost nor duration of an execution have a bound then.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 5, "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$$.Execution.Input.x", "IsNull": true, "Next": "C"}], "Default": "A"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 5, "Next": "C"},
  "C": {"Type": "Succeed"}}})",
    .source = "graph: a strong component",
    .check = check,
};

}  // namespace stepglass::analysis
