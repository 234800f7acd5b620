// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_start_at;

const Rule missing_start_at{
    .code = "ASL115",
    .name = "missing-start-at",
    .severity = Severity::Error,
    .summary = "A machine, branch or processor without StartAt.",
    .why = "Nothing says which state runs first.",
    .bad = R"({"States": {"A": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
