// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unsupported_integration_pattern;

const Rule unsupported_integration_pattern{
    .code = "ASL148",
    .name = "unsupported-integration-pattern",
    .severity = Severity::Error,
    .summary = "A .sync or .waitForTaskToken where the action has none.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem.sync", "Parameters": {"TableName": "t", "Key": {"id": {"S": "1"}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
