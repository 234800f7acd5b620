#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule condition_not_boolean;

namespace {

void check(const ScopeView& scope, Report& report) {
  report_expressions(scope, ExpressionProblem::Kind::NotBoolean, report);
}

}  // namespace

const Rule condition_not_boolean{
    .code = "ASL358",
    .name = "condition-not-boolean",
    .severity = Severity::Error,
    .summary = "A Condition that is neither true nor false.",
    .why = "The state fails with States.QueryEvaluationError.",
    .bad = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Choice", "Choices": [{"Condition": "{% 'x' %}", "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})json",
    .good = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.x = 1 %}", "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})json",
    .source = "developer guide, \"Choice workflow state\"",
    .check = check,
};

}  // namespace stepglass::analysis
