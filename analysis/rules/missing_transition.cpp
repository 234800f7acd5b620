// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_transition;

const Rule missing_transition{
    .code = "ASL123",
    .name = "missing-transition",
    .severity = Severity::Error,
    .summary = "A state with neither Next nor End.",
    .why = "Nothing says what comes after it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
