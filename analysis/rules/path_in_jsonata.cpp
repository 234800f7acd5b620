// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule path_in_jsonata;

const Rule path_in_jsonata{
    .code = "ASL371",
    .name = "path-in-jsonata",
    .severity = Severity::Warning,
    .summary = "A path, a call or an expression without {% %} in a state of JSONata.",
    .why = "It is passed on as a text: nothing is evaluated, and nothing fails.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"id": "$states.input.id"}, "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"id": "{% $states.input.id %}"}, "End": true}}})",
    .source = "developer guide, \"Transforming data with JSONata\": expressions stand between {% and %}",
};

}  // namespace stepglass::analysis
