// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule expression_in_jsonpath;

const Rule expression_in_jsonpath{
    .code = "ASL370",
    .name = "expression-in-jsonpath",
    .severity = Severity::Warning,
    .summary = "A JSONata expression in a payload template of JSONPath.",
    .why = "It is passed on as a text, {% and all: nothing is evaluated, and nothing fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"total": "{% $sum($states.input.prices) %}"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "QueryLanguage": "JSONata",
    "Output": {"total": "{% $sum($states.input.prices) %}"}, "End": true}}})",
    .source = "Developer guide, \"Transforming data with JSONata\": expressions belong to states whose QueryLanguage is JSONata",
};

}  // namespace stepglass::analysis
