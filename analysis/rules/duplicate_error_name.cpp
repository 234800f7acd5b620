// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule duplicate_error_name;

const Rule duplicate_error_name{
    .code = "ASL412",
    .name = "duplicate-error-name",
    .severity = Severity::Warning,
    .summary = "An error name that stands twice.",
    .why = "The second one never acts.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["Card.Busy"]}, {"ErrorEquals": ["Card.Busy"], "MaxAttempts": 9}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["Card.Busy"]}], "End": true}}})",
    .source = "Amazon States Language, \"Errors\"",
};

}  // namespace stepglass::analysis
