// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_transition_target;

const Rule unknown_transition_target{
    .code = "ASL202",
    .name = "unknown-transition-target",
    .severity = Severity::Error,
    .summary = "A Next, Default or Catch that names no state.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "MISSING_TRANSITION_TARGET",
};

}  // namespace stepglass::analysis
