#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule variable_out_of_scope;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::OutOfScope || report.is_full()) continue;
    Finding& finding =
        report.add(problem.jsonata ? Severity::Warning : Severity::Error, problem.span,
                   fmt::format("the variable \"${}\" is assigned in a scope that cannot be seen from here",
                               display_word(problem.name)));
    finding.help = "pass the value out in the result of the branch or iteration";
    finding.related.push_back({problem.assigned, "assigned here"});
  }
}

}  // namespace

const Rule variable_out_of_scope{
    .code = "ASL326",
    .name = "variable-out-of-scope",
    .severity = Severity::Error,
    .summary = "A variable that only an inner or a neighbouring scope assigns.",
    .why = "What a branch or an iteration assigns ends with it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [{"StartAt": "I", "States": {
    "I": {"Type": "Pass", "Assign": {"total": 1}, "End": true}}}], "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
