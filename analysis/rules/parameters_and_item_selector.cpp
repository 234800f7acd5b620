// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule parameters_and_item_selector;

const Rule parameters_and_item_selector{
    .code = "ASL163",
    .name = "parameters-and-item-selector",
    .severity = Severity::Error,
    .summary = "A Map with both ItemSelector and Parameters.",
    .why = "Parameters is the old name of the same thing.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "ItemSelector": {}, "Parameters": {}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
