// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule reserved_error_name;

const Rule reserved_error_name{
    .code = "ASL410",
    .name = "reserved-error-name",
    .severity = Severity::Warning,
    .summary = "An error name starting with States. that does not exist.",
    .why = "No error has that name, so the entry never acts.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.Nope"]}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "TimeoutSeconds": 9, "Retry": [{"ErrorEquals": ["States.Timeout"]}], "End": true}}})",
    .source = "Amazon States Language, \"Errors\"",
};

}  // namespace stepglass::analysis
