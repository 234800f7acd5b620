#include <algorithm>

#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/graph/reachable.h"
#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule loop_without_exit;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  const std::vector<bool> ends = reaching(scope.flow, scope.flow.exit());
  // Where nothing at all can end, no-terminal-state says so.
  if (!ends[scope.flow.entry()] &&
      std::none_of(ends.begin(), ends.begin() + scope.flow.state_count(), [](bool end) { return end; })) {
    return;
  }
  for (const Loop& loop : scope.loops) {
    if (!loop.exits.empty() || !scope.reached[loop.states.front()] || report.is_full()) continue;
    const State& first = scope.flow.state(loop.states.front());
    const auto cycle = names_of(states_of(scope.flow, shortest_cycle(scope.flow, loop.states.front())));
    Finding& finding = report.add(
        first.name_span,
        fmt::format("the loop {} has no way out: an execution that enters it never ends well", arrows(cycle)));
    finding.help = "lead a Choice out of it, or end it in one of its states";
    auto path = shortest_path(scope.flow, scope.flow.entry(), loop.states.front());
    finding.path = names_of(states_of(scope.flow, path));
  }
}

}  // namespace

const Rule loop_without_exit{
    .code = "ASL206",
    .name = "loop-without-exit",
    .severity = Severity::Error,
    .summary = "A loop that no way leads out of.",
    .why =
        "An execution that enters it can only end by an error, a timeout or the limit of 25,000 events. The service "
        "accepts it as long as some other state ends the machine.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Wait", "Seconds": 60, "Next": "D"},
  "D": {"Type": "Pass", "Next": "C"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Wait", "Seconds": 60, "Next": "D"},
  "D": {"Type": "Pass", "Result": {"done": true}, "Next": "A"}}})",
    .source = "graph: a strong component without edges out",
    .check = check,
};

}  // namespace stepglass::analysis
