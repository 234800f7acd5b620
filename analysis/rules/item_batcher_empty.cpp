// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule item_batcher_empty;

const Rule item_batcher_empty{
    .code = "ASL179",
    .name = "item-batcher-empty",
    .severity = Severity::Error,
    .summary = "An ItemBatcher that says no size.",
    .why = "It needs MaxItemsPerBatch or MaxInputBytesPerBatch.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemBatcher": {}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemBatcher": {"MaxItemsPerBatch": 10}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"ItemBatcher\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
