// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_wait_path;

const Rule invalid_wait_path{
    .code = "ASL144",
    .name = "invalid-wait-path",
    .severity = Severity::Error,
    .summary = "A SecondsPath or TimestampPath that is no path.",
    .why = "It names one place of the input.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "SecondsPath": "seconds", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "SecondsPath": "$.seconds", "End": true}}})",
    .source = "Amazon States Language, \"Wait State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
