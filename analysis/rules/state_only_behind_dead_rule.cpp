#include <algorithm>

#include "analysis/graph/reachable.h"
#include "analysis/rules/check.h"
#include "analysis/rules/framework/dead_rules.h"

namespace stepglass::analysis {

extern const Rule state_only_behind_dead_rule;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  std::vector<std::vector<bool>> dead(scope.states().size());
  bool any = false;
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice || !scope.reachable(state)) continue;
    std::vector<bool>& of = dead[scope.flow.vertex(state)];
    of = dead_rules(*choice);
    any = any || std::find(of.begin(), of.end(), true) != of.end();
  }
  if (!any) return;
  const auto reached = reachable_from(scope.flow, scope.flow.entry(), [&](const Edge& edge) {
    return edge.way != Way::Choice || !dead[edge.from][edge.index];
  });
  for (Vertex v = 0; v < scope.flow.state_count() && !report.is_full(); ++v) {
    if (reached[v] || !scope.reached[v]) continue;
    report
        .add(scope.flow.state(v).name_span,
             fmt::format("state \"{}\" never runs: all ways to it are behind choice rules that never decide",
                         display_word(scope.flow.state(v).name)))
        .help = "mend the rules, see rule-never-true and rule-shadowed";
  }
}

}  // namespace

const Rule state_only_behind_dead_rule{
    .code = "ASL232",
    .name = "state-only-behind-dead-rule",
    .severity = Severity::Info,
    .summary = "A state to which only choice rules lead that never decide.",
    .why =
        "It looks as if it were in use, but no execution gets there. That the rule is dead is told as a warning; this "
        "tells what is lost by it.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "C"},
    {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "B"}], "Default": "D"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true},
  "D": {"Type": "Fail", "Error": "None"}}})",
    .source = "graph: reachability without the rules that never decide",
    .check = check,
};

}  // namespace stepglass::analysis
