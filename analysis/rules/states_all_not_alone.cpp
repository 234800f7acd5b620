// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule states_all_not_alone;

const Rule states_all_not_alone{
    .code = "ASL409",
    .name = "states-all-not-alone",
    .severity = Severity::Error,
    .summary = "States.ALL together with other names.",
    .why = "It takes all errors, so that the others say nothing; the service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL", "Card.Declined"]}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}})",
    .source = "Amazon States Language, \"Errors\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
