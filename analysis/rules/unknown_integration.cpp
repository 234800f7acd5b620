// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_integration;

const Rule unknown_integration{
    .code = "ASL147",
    .name = "unknown-integration",
    .severity = Severity::Error,
    .summary = "An integration that does not exist.",
    .why = "The service refuses a service or an action that it does not know.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:send", "Parameters": {"QueueUrl": "q", "MessageBody": "x"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
