// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule rule_multiple_comparisons;

const Rule rule_multiple_comparisons{
    .code = "ASL132",
    .name = "rule-multiple-comparisons",
    .severity = Severity::Error,
    .summary = "A choice rule with two comparisons.",
    .why = "Each rule has one; join several by And.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "IsString": true, "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Data-test expression\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
