// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule map_context_outside_map;

const Rule map_context_outside_map{
    .code = "ASL314",
    .name = "map-context-outside-map",
    .severity = Severity::Warning,
    .summary = "$$.Map where no Map is around.",
    .why = "The path finds nothing and the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$$.Map.Item.Value"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$$.State.Name"}, "End": true}}})",
    .source = "developer guide, \"Context object\"",
};

}  // namespace stepglass::analysis
