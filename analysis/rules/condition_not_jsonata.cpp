// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule condition_not_jsonata;

const Rule condition_not_jsonata{
    .code = "ASL139",
    .name = "condition-not-jsonata",
    .severity = Severity::Error,
    .summary = "A Condition that is no {% … %}.",
    .why = "A condition is a JSONata expression; a plain text never holds.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Choice", "Choices": [{"Condition": "$states.input.x", "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.x %}", "Next": "B"}], "Default": "C"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Fail"}}})",
    .source = "developer guide, \"Choice workflow state\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
