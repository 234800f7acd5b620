// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_machine_timeout;

const Rule invalid_machine_timeout{
    .code = "ASL118",
    .name = "invalid-machine-timeout",
    .severity = Severity::Error,
    .summary = "A TimeoutSeconds of the machine that is no whole number of seconds.",
    .why = "The service refuses it; 0 it takes, but that ends each execution at once.",
    .bad = R"({"StartAt": "A", "TimeoutSeconds": -5, "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .good = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
