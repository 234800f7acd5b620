// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule transition_leaves_scope;

const Rule transition_leaves_scope{
    .code = "ASL203",
    .name = "transition-leaves-scope",
    .severity = Severity::Error,
    .summary = "A transition to a state of another scope.",
    .why = "States go to states of the same States object only.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "Next": "J"}, "J": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "K"}, "K": {"Type": "Succeed"}}}, "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "MISSING_TRANSITION_TARGET",
};

}  // namespace stepglass::analysis
