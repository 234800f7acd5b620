// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_timeout_path;

const Rule invalid_timeout_path{
    .code = "ASL153",
    .name = "invalid-timeout-path",
    .severity = Severity::Error,
    .summary = "A TimeoutSecondsPath or HeartbeatSecondsPath that is no path.",
    .why = "It names one place of the input.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSecondsPath": "t", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSecondsPath": "$.t", "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
