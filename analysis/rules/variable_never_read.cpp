#include "analysis/rules/check.h"
#include "analysis/rules/framework/variables.h"

namespace stepglass::analysis {

extern const Rule variable_never_read;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const VariableProblem& problem : scope.machine.variable_problems()) {
    if (problem.scope != &scope || problem.kind != VariableProblem::Kind::NeverRead || report.is_full()) continue;
    report.add(problem.span, fmt::format("nothing reads the variable \"${}\"", display_word(problem.name))).help =
        "delete it, or read it";
  }
}

}  // namespace

const Rule variable_never_read{
    .code = "ASL330",
    .name = "variable-never-read",
    .severity = Severity::Info,
    .summary = "A variable that nothing reads.",
    .why = "It is dead weight, or the reader misspells it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$total"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\"",
    .check = check,
};

}  // namespace stepglass::analysis
