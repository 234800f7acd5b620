// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_resource;

const Rule missing_resource{
    .code = "ASL145",
    .name = "missing-resource",
    .severity = Severity::Error,
    .summary = "A Task without Resource.",
    .why = "Nothing says what it calls.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "End": true}}})",
    .source = "Amazon States Language, \"Task State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
