// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_top_level_reference;

const Rule jsonata_top_level_reference{
    .code = "ASL352",
    .name = "jsonata-top-level-reference",
    .severity = Severity::Error,
    .summary = "An expression that starts from a name, $ or $$.",
    .why = "There is no document in a state machine: names find nothing, and the service refuses them.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% phone %}", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.input.phone %}", "End": true}}})",
    .source = "measured: UNSUPPORTED_JSONATA_EXPRESSION",
    .aws_code = "UNSUPPORTED_JSONATA_EXPRESSION",
};

}  // namespace stepglass::analysis
