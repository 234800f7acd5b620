#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule jsonata_forbidden_function;

namespace {

void check(const ScopeView& scope, Report& report) {
  report_expressions(scope, ExpressionProblem::Kind::Forbidden, report);
}

}  // namespace

const Rule jsonata_forbidden_function{
    .code = "ASL356",
    .name = "jsonata-forbidden-function",
    .severity = Severity::Error,
    .summary = "A call of $eval, which Step Functions does not have.",
    .why = "The state fails with States.QueryEvaluationError.",
    .bad = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $eval('1 + 2') %}", "End": true}}})json",
    .good = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% 1 + 2 %}", "End": true}}})json",
    .source = "developer guide, \"Transforming data with JSONata\"",
    .check = check,
};

}  // namespace stepglass::analysis
