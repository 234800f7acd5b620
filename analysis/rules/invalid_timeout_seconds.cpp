// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_timeout_seconds;

const Rule invalid_timeout_seconds{
    .code = "ASL151",
    .name = "invalid-timeout-seconds",
    .severity = Severity::Error,
    .summary = "TimeoutSeconds or HeartbeatSeconds that are no whole number from 1 to 99,999,999.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 0, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 10, "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
