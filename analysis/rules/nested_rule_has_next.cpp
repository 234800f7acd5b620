// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule nested_rule_has_next;

const Rule nested_rule_has_next{
    .code = "ASL130",
    .name = "nested-rule-has-next",
    .severity = Severity::Error,
    .summary = "A Next inside And, Or or Not.",
    .why = "Only the rule as a whole goes somewhere.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Not": {"Variable": "$.x", "IsNull": true, "Next": "B"}, "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Boolean expression\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
