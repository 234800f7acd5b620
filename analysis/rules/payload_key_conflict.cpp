// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule payload_key_conflict;

const Rule payload_key_conflict{
    .code = "ASL305",
    .name = "payload-key-conflict",
    .severity = Severity::Error,
    .summary = "Both a key and the same key with .$ in one template.",
    .why = "Only one of the two can be there.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a": 1, "a.$": "$.b"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$.b"}, "End": true}}})",
    .source = "Amazon States Language, \"Payload Template\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
