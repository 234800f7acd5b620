// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_tolerated_failure;

const Rule invalid_tolerated_failure{
    .code = "ASL172",
    .name = "invalid-tolerated-failure",
    .severity = Severity::Error,
    .summary = "A tolerated failure outside its range.",
    .why = "A percentage is 0 to 100, a count 0 or more.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ToleratedFailurePercentage": 101, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ToleratedFailurePercentage": 10, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"Setting failure thresholds\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
