// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_resource_arn;

const Rule invalid_resource_arn{
    .code = "ASL146",
    .name = "invalid-resource-arn",
    .severity = Severity::Error,
    .summary = "A Resource that is no ARN.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "charge", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "INVALID_RESOURCE",
};

}  // namespace stepglass::analysis
