// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule express_distributed_map;

const Rule express_distributed_map{
    .code = "ASL186",
    .name = "express-distributed-map",
    .severity = Severity::Error,
    .summary = "A distributed Map in an Express workflow.",
    .why = "Express workflows have none.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "developer guide, \"Choosing workflow type\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .type = ExampleType::Express,
};

}  // namespace stepglass::analysis
