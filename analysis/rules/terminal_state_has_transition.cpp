// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule terminal_state_has_transition;

const Rule terminal_state_has_transition{
    .code = "ASL125",
    .name = "terminal-state-has-transition",
    .severity = Severity::Error,
    .summary = "Next or End on a Succeed or Fail state.",
    .why = "These states end their scope anyway.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Succeed", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Table of State Types and Fields\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
