// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_path;

const Rule invalid_path{
    .code = "ASL301",
    .name = "invalid-path",
    .severity = Severity::Error,
    .summary = "A path that is no JSONPath.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "InputPath": "$.a[b", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "InputPath": "$.a", "End": true}}})",
    .source = "Amazon States Language, \"Paths\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
