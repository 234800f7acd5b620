// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule express_activity;

const Rule express_activity{
    .code = "ASL183",
    .name = "express-activity",
    .severity = Severity::Error,
    .summary = "An activity in an Express workflow.",
    .why = "Express workflows have none.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:111111111111:activity:a", "TimeoutSeconds": 60, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Choosing workflow type\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .type = ExampleType::Express,
};

}  // namespace stepglass::analysis
