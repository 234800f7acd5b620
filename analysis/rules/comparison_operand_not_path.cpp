// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule comparison_operand_not_path;

const Rule comparison_operand_not_path{
    .code = "ASL136",
    .name = "comparison-operand-not-path",
    .severity = Severity::Error,
    .summary = "An operator ending in Path whose operand is no path.",
    .why = "It compares with what a path finds.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "StringEqualsPath": "abc", "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Data-test expression\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
