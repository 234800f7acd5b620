// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_field_in_jsonpath;

const Rule jsonata_field_in_jsonpath{
    .code = "ASL322",
    .name = "jsonata-field-in-jsonpath",
    .severity = Severity::Error,
    .summary = "A field of JSONata in a JSONPath state.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Output": "x", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "OutputPath": "$.x", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
