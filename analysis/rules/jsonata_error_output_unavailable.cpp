// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_error_output_unavailable;

const Rule jsonata_error_output_unavailable{
    .code = "ASL354",
    .name = "jsonata-error-output-unavailable",
    .severity = Severity::Error,
    .summary = "$states.errorOutput outside of a catcher.",
    .why = "Only Output and Assign of a catcher see the error.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.errorOutput %}", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.input %}", "End": true}}})",
    .source = "developer guide, \"Transforming data\"; measured",
    .aws_code = "UNSUPPORTED_JSONATA_EXPRESSION",
};

}  // namespace stepglass::analysis
