// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule literal_and_path_form;

const Rule literal_and_path_form{
    .code = "ASL167",
    .name = "literal-and-path-form",
    .severity = Severity::Error,
    .summary = "A field both as a number and as a path.",
    .why = "They exclude each other.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "MaxConcurrency": 1, "MaxConcurrencyPath": "$.n", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
