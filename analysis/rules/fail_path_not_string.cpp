// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule fail_path_not_string;

const Rule fail_path_not_string{
    .code = "ASL158",
    .name = "fail-path-not-string",
    .severity = Severity::Error,
    .summary = "An ErrorPath or CausePath that cannot give a text.",
    .why = "It is a path, or one of the intrinsic functions that give a text.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "ErrorPath": "States.Array('a')"}}})json",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "ErrorPath": "$.e"}}})",
    .source = "Amazon States Language, \"Fail State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
