// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule choice_has_transition;

const Rule choice_has_transition{
    .code = "ASL126",
    .name = "choice-has-transition",
    .severity = Severity::Error,
    .summary = "Next or End on a Choice state itself.",
    .why = "A Choice goes where its rules and its Default say.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "B", "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Choice State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
