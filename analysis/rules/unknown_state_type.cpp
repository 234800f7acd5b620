// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_state_type;

const Rule unknown_state_type{
    .code = "ASL120",
    .name = "unknown-state-type",
    .severity = Severity::Error,
    .summary = "A Type that is none of the eight.",
    .why = "The service refuses it. Case counts: \"Pass\", not \"pass\".",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "pass", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"States\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
