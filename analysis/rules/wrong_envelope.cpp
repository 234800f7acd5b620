#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule wrong_envelope;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::WrongEnvelope || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" finds nothing: the result of lambda:invoke has no \"{}\"",
                                             display_word(problem.path_text), display_word(problem.name)));
    finding.help = "what the function gives stands in $.Payload; to keep the input, give the task a ResultPath";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("the result of \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule wrong_envelope{
    .code = "ASL335",
    .name = "wrong-envelope",
    .severity = Severity::Error,
    .summary = "A field of what a function gave, read beside its envelope.",
    .why =
        "lambda:invoke wraps what the function gives: it stands in Payload. And without ResultPath the input of the "
        "task is gone.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "f"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.total", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "f"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.Payload.total", "End": true}}})",
    .source = "developer guide, \"Invoke an AWS Lambda function with Step Functions\"",
    .check = check,
};

}  // namespace stepglass::analysis
