// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule fail_cause_and_path;

const Rule fail_cause_and_path{
    .code = "ASL157",
    .name = "fail-cause-and-path",
    .severity = Severity::Error,
    .summary = "A Fail with both Cause and CausePath.",
    .why = "They exclude each other.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "Cause": "c", "CausePath": "$.c"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "Cause": "c", "Error": "E"}}})",
    .source = "Amazon States Language, \"Fail State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
