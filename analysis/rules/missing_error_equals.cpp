// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_error_equals;

const Rule missing_error_equals{
    .code = "ASL401",
    .name = "missing-error-equals",
    .severity = Severity::Error,
    .summary = "A retrier or catcher without ErrorEquals.",
    .why = "Nothing says which errors it takes.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"MaxAttempts": 2}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}})",
    .source = "Amazon States Language, \"Errors\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
