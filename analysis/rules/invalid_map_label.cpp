// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_map_label;

const Rule invalid_map_label{
    .code = "ASL173",
    .name = "invalid-map-label",
    .severity = Severity::Error,
    .summary = "A Label that is too long or has forbidden characters.",
    .why = "It becomes a part of ARNs: at most 40 characters, no blanks, brackets or wildcards.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "Label": "a b?", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "Label": "ab", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "API, INVALID_LABEL_NAME",
    .aws_code = "INVALID_LABEL_NAME",
};

}  // namespace stepglass::analysis
