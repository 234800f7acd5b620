// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule rule_missing_next;

const Rule rule_missing_next{
    .code = "ASL129",
    .name = "rule-missing-next",
    .severity = Severity::Error,
    .summary = "A choice rule without Next.",
    .why = "Nothing says where to go when it holds.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Choice State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
