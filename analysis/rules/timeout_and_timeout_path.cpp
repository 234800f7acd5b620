// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule timeout_and_timeout_path;

const Rule timeout_and_timeout_path{
    .code = "ASL152",
    .name = "timeout-and-timeout-path",
    .severity = Severity::Error,
    .summary = "A timeout both as a number and as a path.",
    .why = "They exclude each other.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 5, "TimeoutSecondsPath": "$.t", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 5, "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
