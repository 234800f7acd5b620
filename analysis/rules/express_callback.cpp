// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule express_callback;

const Rule express_callback{
    .code = "ASL185",
    .name = "express-callback",
    .severity = Severity::Error,
    .summary = "A .waitForTaskToken integration in an Express workflow.",
    .why = "Express workflows cannot wait for callbacks.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 60, "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Choosing workflow type\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .type = ExampleType::Express,
};

}  // namespace stepglass::analysis
