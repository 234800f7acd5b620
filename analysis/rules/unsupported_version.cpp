// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unsupported_version;

const Rule unsupported_version{
    .code = "ASL114",
    .name = "unsupported-version",
    .severity = Severity::Error,
    .summary = "A Version that is not \"1.0\".",
    .why = "There is only one version of the language.",
    .bad = R"({"StartAt": "A", "Version": "2.0", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .good = R"({"StartAt": "A", "Version": "1.0", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
