// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule duplicate_map_label;

const Rule duplicate_map_label{
    .code = "ASL174",
    .name = "duplicate-map-label",
    .severity = Severity::Error,
    .summary = "Two Maps with the same Label.",
    .why = "Labels are unique in the whole machine.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "Label": "l", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "Next": "B"},
  "B": {"Type": "Map", "Label": "l", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "J", "States": {"J": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "Label": "l", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "API, DUPLICATE_LABEL_NAME",
    .aws_code = "DUPLICATE_LABEL_NAME",
};

}  // namespace stepglass::analysis
