// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_choices;

const Rule missing_choices{
    .code = "ASL127",
    .name = "missing-choices",
    .severity = Severity::Error,
    .summary = "A Choice state without Choices.",
    .why = "It has nothing to choose by.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Choice State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
