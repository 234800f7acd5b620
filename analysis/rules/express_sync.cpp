// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule express_sync;

const Rule express_sync{
    .code = "ASL184",
    .name = "express-sync",
    .severity = Severity::Error,
    .summary = "A .sync integration in an Express workflow.",
    .why = "Express workflows cannot wait for jobs.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "Parameters": {"JobName": "j", "JobDefinition": "d", "JobQueue": "q"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Choosing workflow type\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .type = ExampleType::Express,
};

}  // namespace stepglass::analysis
