// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_timestamp;

const Rule invalid_timestamp{
    .code = "ASL143",
    .name = "invalid-timestamp",
    .severity = Severity::Error,
    .summary = "A time that is not written as RFC 3339 has it.",
    .why = "A time has a T and an offset: 2024-08-18T17:33:00Z.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Timestamp": "2016-12-05", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Timestamp": "2024-08-18T17:33:00Z", "End": true}}})",
    .source = "Amazon States Language, \"Timestamps\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
