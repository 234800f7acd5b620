// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule catch_missing_next;

const Rule catch_missing_next{
    .code = "ASL411",
    .name = "catch-missing-next",
    .severity = Severity::Error,
    .summary = "A catcher without Next.",
    .why = "Nothing says where to go.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["States.ALL"]}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Fallback states\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
