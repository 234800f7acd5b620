// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule empty_states;

const Rule empty_states{
    .code = "ASL117",
    .name = "empty-states",
    .severity = Severity::Error,
    .summary = "A States object without any state.",
    .why = "There is nothing to run.",
    .bad = R"({"StartAt": "${Start}", "States": {}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
