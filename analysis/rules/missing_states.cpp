// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_states;

const Rule missing_states{
    .code = "ASL116",
    .name = "missing-states",
    .severity = Severity::Error,
    .summary = "A machine, branch or processor without States.",
    .why = "There is nothing to run.",
    .bad = R"({"StartAt": "A"})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
