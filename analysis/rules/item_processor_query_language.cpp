// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule item_processor_query_language;

const Rule item_processor_query_language{
    .code = "ASL182",
    .name = "item-processor-query-language",
    .severity = Severity::Error,
    .summary = "QueryLanguage on an ItemProcessor.",
    .why = "The service refuses it; states and the machine have it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"QueryLanguage": "JSONata", "StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
