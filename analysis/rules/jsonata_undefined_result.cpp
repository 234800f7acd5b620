#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule jsonata_undefined_result;

namespace {

void check(const ScopeView& scope, Report& report) {
  report_expressions(scope, ExpressionProblem::Kind::GivesNothing, report);
}

}  // namespace

const Rule jsonata_undefined_result{
    .code = "ASL357",
    .name = "jsonata-undefined-result",
    .severity = Severity::Error,
    .summary = "An expression that surely gives nothing.",
    .why = "The state fails with States.QueryEvaluationError: each expression has to give a value.",
    .bad = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"a": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Output": "{% $states.input.b %}", "End": true}}})json",
    .good = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"a": 1}, "Next": "B"},
  "B": {"Type": "Pass", "Output": "{% $states.input.a %}", "End": true}}})json",
    .source = "developer guide, \"Transforming data with JSONata\"",
    .check = check,
};

}  // namespace stepglass::analysis
