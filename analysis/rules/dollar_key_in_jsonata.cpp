// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule dollar_key_in_jsonata;

const Rule dollar_key_in_jsonata{
    .code = "ASL323",
    .name = "dollar-key-in-jsonata",
    .severity = Severity::Warning,
    .summary = "A key ending in .$ in a JSONata state.",
    .why = "It stays a key of that name: nothing is looked up.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"a.$": "$.x"}, "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": {"a": "{% $states.input.x %}"}, "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
};

}  // namespace stepglass::analysis
