// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule heartbeat_not_less_than_timeout;

const Rule heartbeat_not_less_than_timeout{
    .code = "ASL154",
    .name = "heartbeat-not-less-than-timeout",
    .severity = Severity::Warning,
    .summary = "A heartbeat that is not shorter than the timeout.",
    .why = "The task times out before the heartbeat is ever missed.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 5, "HeartbeatSeconds": 10, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 50, "HeartbeatSeconds": 10, "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
