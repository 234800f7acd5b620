#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule variable_assigned_in_same_state;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::SameState || report.is_full()) continue;
    Finding& finding = report.add(
        problem.span, fmt::format("the variable \"${}\" has no value yet: this state assigns it only when it is done",
                                  display_word(problem.name)));
    finding.help = "assign it in an earlier state";
    finding.related.push_back({problem.assigned, "assigned here"});
    finding.path = problem.path;
  }
}

}  // namespace

const Rule variable_assigned_in_same_state{
    .code = "ASL329",
    .name = "variable-assigned-in-same-state",
    .severity = Severity::Warning,
    .summary = "A variable that the state reads and only then assigns.",
    .why = "All fields of a state see the values from before it; the first time there is none.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Parameters": {"a.$": "$total"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
