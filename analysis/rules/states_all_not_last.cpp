// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule states_all_not_last;

const Rule states_all_not_last{
    .code = "ASL408",
    .name = "states-all-not-last",
    .severity = Severity::Error,
    .summary = "States.ALL before other entries.",
    .why = "Those behind it never get an error.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}, {"ErrorEquals": ["Card.Declined"], "Next": "B"}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["Card.Declined"], "Next": "B"}, {"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Errors\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
