// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_jitter_strategy;

const Rule unknown_jitter_strategy{
    .code = "ASL407",
    .name = "unknown-jitter-strategy",
    .severity = Severity::Error,
    .summary = "A JitterStrategy that is neither FULL nor NONE.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "JitterStrategy": "HALF"}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "charge"}, "Retry": [{"ErrorEquals": ["States.ALL"], "JitterStrategy": "FULL"}], "End": true}}})",
    .source = "Amazon States Language, \"Retrying\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
