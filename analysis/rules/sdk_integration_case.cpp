// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule sdk_integration_case;

const Rule sdk_integration_case{
    .code = "ASL149",
    .name = "sdk-integration-case",
    .severity = Severity::Error,
    .summary = "An SDK integration in the wrong case.",
    .why = "Services are written in lower case, actions in camel case.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:DynamoDB:ListTables", "Parameters": {}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:listTables", "Parameters": {}, "End": true}}})",
    .source = "developer guide, \"AWS SDK service integrations\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
