// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule iterator_and_item_processor;

const Rule iterator_and_item_processor{
    .code = "ASL162",
    .name = "iterator-and-item-processor",
    .severity = Severity::Error,
    .summary = "A Map with both ItemProcessor and Iterator.",
    .why = "Iterator is the old name of the same thing.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map",
    "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    "Iterator": {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
