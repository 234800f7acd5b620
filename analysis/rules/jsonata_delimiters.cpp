// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_delimiters;

const Rule jsonata_delimiters{
    .code = "ASL324",
    .name = "jsonata-delimiters",
    .severity = Severity::Error,
    .summary = "An expression that is not written {% … %}.",
    .why = "The service refuses what starts with {% and does not end with %}.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% 1", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% 1 %}", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
