// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_items_path;

const Rule invalid_items_path{
    .code = "ASL168",
    .name = "invalid-items-path",
    .severity = Severity::Error,
    .summary = "An ItemsPath that is no path.",
    .why = "It names the array whose items are processed.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemsPath": "items", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
