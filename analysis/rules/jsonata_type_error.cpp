#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule jsonata_type_error;

namespace {

void check(const ScopeView& scope, Report& report) {
  report_expressions(scope, ExpressionProblem::Kind::Fails, report);
}

}  // namespace

const Rule jsonata_type_error{
    .code = "ASL355",
    .name = "jsonata-type-error",
    .severity = Severity::Error,
    .summary = "An expression, or a part of one, that fails whenever it is evaluated.",
    .why =
        "The state fails with States.QueryEvaluationError: a function is not there or gets what it does not "
        "take, or an operator gets values of the wrong type.",
    .bad = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $sum('x') %}", "End": true}}})json",
    .good = R"json({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $sum([1, 2]) %}", "End": true}}})json",
    .source = "JSONata documentation, \"Error codes\"",
    .check = check,
};

}  // namespace stepglass::analysis
