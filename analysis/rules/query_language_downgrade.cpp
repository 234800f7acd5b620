// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule query_language_downgrade;

const Rule query_language_downgrade{
    .code = "ASL320",
    .name = "query-language-downgrade",
    .severity = Severity::Error,
    .summary = "A JSONPath state in a JSONata machine.",
    .why = "The service refuses it; the other way round is fine.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "QueryLanguage": "JSONPath", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
