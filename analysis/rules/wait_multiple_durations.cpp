// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule wait_multiple_durations;

const Rule wait_multiple_durations{
    .code = "ASL141",
    .name = "wait-multiple-durations",
    .severity = Severity::Error,
    .summary = "A Wait with several durations.",
    .why = "It has exactly one of Seconds, Timestamp, SecondsPath and TimestampPath.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 5, "SecondsPath": "$.s", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 5, "End": true}}})",
    .source = "Amazon States Language, \"Wait State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
