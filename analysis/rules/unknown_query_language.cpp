// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_query_language;

const Rule unknown_query_language{
    .code = "ASL319",
    .name = "unknown-query-language",
    .severity = Severity::Error,
    .summary = "A QueryLanguage that is neither JSONPath nor JSONata.",
    .why = "The service refuses it. Case counts.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "jsonata", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
