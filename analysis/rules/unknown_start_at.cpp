// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_start_at;

const Rule unknown_start_at{
    .code = "ASL201",
    .name = "unknown-start-at",
    .severity = Severity::Error,
    .summary = "A StartAt that names no state.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "Z", "States": {"A": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "MISSING_TRANSITION_TARGET",
};

}  // namespace stepglass::analysis
