// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule duplicate_state_name;

const Rule duplicate_state_name{
    .code = "ASL122",
    .name = "duplicate-state-name",
    .severity = Severity::Error,
    .summary = "Two states of the same name in different scopes.",
    .why = "Names are unique in the whole machine, nested states included.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"States\"",
    .aws_code = "DUPLICATE_STATE_NAME",
};

}  // namespace stepglass::analysis
