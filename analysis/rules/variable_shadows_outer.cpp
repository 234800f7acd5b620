// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule variable_shadows_outer;

const Rule variable_shadows_outer{
    .code = "ASL318",
    .name = "variable-shadows-outer",
    .severity = Severity::Error,
    .summary = "A variable that a scope around assigns, too.",
    .why = "An inner scope reads the variables around it and cannot assign them.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"},
  "B": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {
    "I": {"Type": "Pass", "Assign": {"x": 2}, "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"},
  "B": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {
    "I": {"Type": "Pass", "Assign": {"y": 2}, "End": true}}}, "End": true}}})",
    .source = "developer guide, \"Variable scope\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
