// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_reference_path;

const Rule invalid_reference_path{
    .code = "ASL302",
    .name = "invalid-reference-path",
    .severity = Severity::Error,
    .summary = "A path that may name several places where one is needed.",
    .why = "A Reference Path names exactly one place: $.a.b[0].",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "ResultPath": "$.a[*]", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "ResultPath": "$.a", "End": true}}})",
    .source = "Amazon States Language, \"Reference Paths\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
