// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_context_field;

const Rule unknown_context_field{
    .code = "ASL313",
    .name = "unknown-context-field",
    .severity = Severity::Warning,
    .summary = "A field that the context object, or $states, does not have.",
    .why = "The path finds nothing, or the expression gives nothing, and the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$$.Foo.Bar"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$$.State.Name"}, "End": true}}})",
    .source = "developer guide, \"Context object\"",
};

}  // namespace stepglass::analysis
