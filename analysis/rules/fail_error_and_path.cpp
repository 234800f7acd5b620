// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule fail_error_and_path;

const Rule fail_error_and_path{
    .code = "ASL156",
    .name = "fail-error-and-path",
    .severity = Severity::Error,
    .summary = "A Fail with both Error and ErrorPath.",
    .why = "They exclude each other.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "Error": "E", "ErrorPath": "$.e"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "Error": "E"}}})",
    .source = "Amazon States Language, \"Fail State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
