#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule branch_failure_aborts_siblings;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* parallel = std::get_if<Parallel>(&state.kind);
    if (!parallel || parallel->branches.size() < 2 || !state.catchers.empty() || !scope.reachable(state)) continue;
    for (const Scope& branch : parallel->branches) {
      const ScopeView* view = scope.machine.find(branch);
      if (!view || report.is_full()) continue;
      for (const State& inner : branch.states) {
        if (!std::holds_alternative<Fail>(inner.kind) || !view->reachable(inner)) continue;
        Finding& finding =
            report.add(inner.name_span, fmt::format("state \"{}\" ends the other branches of \"{}\", too, whatever "
                                                    "they are at",
                                                    display_word(inner.name), display_word(state.name)));
        finding.help = "give the Parallel a Catch, or end the branch with a result that tells of the failure";
        finding.related.push_back({state.name_span, "it has no Catch"});
        break;
      }
    }
  }
}

}  // namespace

const Rule branch_failure_aborts_siblings{
    .code = "ASL425",
    .name = "branch-failure-aborts-siblings",
    .severity = Severity::Info,
    .summary = "A branch that fails by design, in a Parallel without Catch.",
    .why = "When one branch fails the others are cut off where they are, and the execution fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "I", "States": {
      "I": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "F"}], "Default": "S"},
      "F": {"Type": "Fail", "Error": "NoX"}, "S": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Wait", "Seconds": 60, "End": true}}}]}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "G"}], "Branches": [
    {"StartAt": "I", "States": {
      "I": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "F"}], "Default": "S"},
      "F": {"Type": "Fail", "Error": "NoX"}, "S": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Wait", "Seconds": 60, "End": true}}}]},
  "G": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Parallel State\"",
    .check = check,
};

}  // namespace stepglass::analysis
