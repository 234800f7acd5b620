// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_integration_parameter;

const Rule missing_integration_parameter{
    .code = "ASL150",
    .name = "missing-integration-parameter",
    .severity = Severity::Error,
    .summary = "A call without a parameter that the action needs.",
    .why = "The service refuses it, or the call fails each time.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
