// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule writer_config_incomplete;

const Rule writer_config_incomplete{
    .code = "ASL181",
    .name = "writer-config-incomplete",
    .severity = Severity::Error,
    .summary = "A ResultWriter that does not say enough.",
    .why = "WriterConfig needs Transformation and OutputType.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ResultWriter": {"WriterConfig": {"OutputType": "JSONL"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ResultWriter": {"WriterConfig": {"OutputType": "JSONL", "Transformation": "COMPACT"}}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"ResultWriter\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
