// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_max_delay;

const Rule invalid_max_delay{
    .code = "ASL406",
    .name = "invalid-max-delay",
    .severity = Severity::Error,
    .summary = "MaxDelaySeconds out of range or not above IntervalSeconds.",
    .why = "The service refuses it, or the limit has nothing to limit.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxDelaySeconds": 0}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxDelaySeconds": 60}], "End": true}}})",
    .source = "Amazon States Language, \"Retrying\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
