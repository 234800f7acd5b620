// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_catch_result_path;

const Rule invalid_catch_result_path{
    .code = "ASL413",
    .name = "invalid-catch-result-path",
    .severity = Severity::Error,
    .summary = "A ResultPath of a catcher that is no Reference Path.",
    .why = "It names the one place where the error goes.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "error", "Next": "B"}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Fallback states\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
