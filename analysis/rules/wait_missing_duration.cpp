// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule wait_missing_duration;

const Rule wait_missing_duration{
    .code = "ASL140",
    .name = "wait-missing-duration",
    .severity = Severity::Error,
    .summary = "A Wait that does not say how long.",
    .why = "It has one of Seconds, Timestamp, SecondsPath and TimestampPath.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 5, "End": true}}})",
    .source = "Amazon States Language, \"Wait State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
