// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule no_terminal_state;

const Rule no_terminal_state{
    .code = "ASL205",
    .name = "no-terminal-state",
    .severity = Severity::Error,
    .summary = "A scope without any state at which it ends.",
    .why = "An execution can only end by an error or a timeout.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 60, "Next": "B"},
  "B": {"Type": "Pass", "Next": "A"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "MISSING_END_STATE",
};

}  // namespace stepglass::analysis
