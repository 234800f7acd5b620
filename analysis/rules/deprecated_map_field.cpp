// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule deprecated_map_field;

const Rule deprecated_map_field{
    .code = "ASL164",
    .name = "deprecated-map-field",
    .severity = Severity::Info,
    .summary = "Iterator, or Parameters of a Map: old names.",
    .why = "They still work, but new features come with ItemProcessor and ItemSelector only.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "Iterator": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"Map state\"",
};

}  // namespace stepglass::analysis
