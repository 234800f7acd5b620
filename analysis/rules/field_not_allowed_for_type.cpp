// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule field_not_allowed_for_type;

const Rule field_not_allowed_for_type{
    .code = "ASL112",
    .name = "field-not-allowed-for-type",
    .severity = Severity::Error,
    .summary = "A field of the language on a state type that must not have it.",
    .why = "The service refuses it: what was meant would not happen.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Retry": [], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Table of State Types and Fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
