// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule item_batcher_limits;

const Rule item_batcher_limits{
    .code = "ASL180",
    .name = "item-batcher-limits",
    .severity = Severity::Error,
    .summary = "A batch size outside its range.",
    .why = "At least 1 item, at most 262,144 bytes.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemBatcher": {"MaxInputBytesPerBatch": 262145}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemBatcher": {"MaxItemsPerBatch": 10}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"ItemBatcher\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
