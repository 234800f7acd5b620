// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule definition_not_object;

const Rule definition_not_object{
    .code = "ASL110",
    .name = "definition-not-object",
    .severity = Severity::Error,
    .summary = "A definition that is no JSON object.",
    .why = "There is nothing to run.",
    .bad = R"([])",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Top-level fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
