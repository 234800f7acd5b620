// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_interval_seconds;

const Rule invalid_interval_seconds{
    .code = "ASL403",
    .name = "invalid-interval-seconds",
    .severity = Severity::Error,
    .summary = "IntervalSeconds that are no whole number from 1 on.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1.5}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2}], "End": true}}})",
    .source = "Amazon States Language, \"Retrying\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
