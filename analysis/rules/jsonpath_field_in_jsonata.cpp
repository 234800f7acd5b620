// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonpath_field_in_jsonata;

const Rule jsonpath_field_in_jsonata{
    .code = "ASL321",
    .name = "jsonpath-field-in-jsonata",
    .severity = Severity::Error,
    .summary = "A field of JSONPath in a JSONata state.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "InputPath": "$.a", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.input.a %}", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
