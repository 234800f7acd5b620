#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule undefined_variable;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::Undefined || report.is_full()) continue;
    report
        .add(problem.jsonata ? Severity::Warning : Severity::Error, problem.span,
             fmt::format("nothing assigns the variable \"${}\"", display_word(problem.name)))
        .help = "assign it in the Assign of an earlier state, or write $. for a field of the input";
  }
}

}  // namespace

const Rule undefined_variable{
    .code = "ASL325",
    .name = "undefined-variable",
    .severity = Severity::Error,
    .summary = "A variable that nothing assigns.",
    .why = "The state fails: the variable has no value.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
