// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unreachable_state;

const Rule unreachable_state{
    .code = "ASL204",
    .name = "unreachable-state",
    .severity = Severity::Error,
    .summary = "A state that no path from StartAt reaches.",
    .why = "The service refuses it: either dead weight, or the sign of a forgotten Next.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Succeed"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "MISSING_TRANSITION_TARGET",
};

}  // namespace stepglass::analysis
