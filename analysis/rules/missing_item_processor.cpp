// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_item_processor;

const Rule missing_item_processor{
    .code = "ASL161",
    .name = "missing-item-processor",
    .severity = Severity::Error,
    .summary = "A Map without ItemProcessor.",
    .why = "Nothing says what happens to each item.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
