#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule variable_maybe_unassigned;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::MaybeUnassigned || report.is_full()) continue;
    Finding& finding = report.add(
        problem.span, fmt::format("the variable \"${}\" may have no value here", display_word(problem.name)));
    finding.help = "assign it on every way, such as in the first state";
    finding.related.push_back({problem.assigned, "assigned here"});
    finding.path = problem.path;
  }
}

}  // namespace

const Rule variable_maybe_unassigned{
    .code = "ASL328",
    .name = "variable-maybe-unassigned",
    .severity = Severity::Warning,
    .summary = "A variable that has no value on some way to the state.",
    .why = "On that way the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Pass", "Assign": {"total": 1}, "Next": "C"},
  "C": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C",
    "Assign": {"total": 0}},
  "B": {"Type": "Pass", "Assign": {"total": 1}, "Next": "C"},
  "C": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
