// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule item_reader_missing_resource;

const Rule item_reader_missing_resource{
    .code = "ASL175",
    .name = "item-reader-missing-resource",
    .severity = Severity::Error,
    .summary = "An ItemReader without Resource.",
    .why = "Nothing says where the items are read.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemReader": {}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"ItemReader\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
