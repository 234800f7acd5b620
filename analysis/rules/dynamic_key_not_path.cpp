// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule dynamic_key_not_path;

const Rule dynamic_key_not_path{
    .code = "ASL303",
    .name = "dynamic-key-not-path",
    .severity = Severity::Error,
    .summary = "A key ending in .$ whose value is neither path nor intrinsic call.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "hello"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$.hello"}, "End": true}}})",
    .source = "Amazon States Language, \"Payload Template\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
