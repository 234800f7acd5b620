// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule inventory_input_type;

const Rule inventory_input_type{
    .code = "ASL178",
    .name = "inventory-input-type",
    .severity = Severity::Error,
    .summary = "An S3 inventory manifest together with another InputType.",
    .why = "An inventory says itself what its files are.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"ItemReader\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
