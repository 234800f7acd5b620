// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_state_type;

const Rule missing_state_type{
    .code = "ASL119",
    .name = "missing-state-type",
    .severity = Severity::Error,
    .summary = "A state without Type.",
    .why = "Nothing says what the state does.",
    .bad = R"({"StartAt": "A", "States": {"A": {"End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
