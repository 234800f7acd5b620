// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule comparison_operand_type;

const Rule comparison_operand_type{
    .code = "ASL135",
    .name = "comparison-operand-type",
    .severity = Severity::Error,
    .summary = "An operand of the wrong type for its operator.",
    .why = "The service refuses it: a NumericEquals takes a number.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": "5", "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Data-test expression\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
