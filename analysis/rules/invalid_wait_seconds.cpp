// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_wait_seconds;

const Rule invalid_wait_seconds{
    .code = "ASL142",
    .name = "invalid-wait-seconds",
    .severity = Severity::Error,
    .summary = "Seconds that are no whole number from 0 to 99,999,999.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 1.5, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 15, "End": true}}})",
    .source = "Amazon States Language, \"Wait State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
