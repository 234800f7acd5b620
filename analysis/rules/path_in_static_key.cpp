// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule path_in_static_key;

const Rule path_in_static_key{
    .code = "ASL304",
    .name = "path-in-static-key",
    .severity = Severity::Warning,
    .summary = "A value that looks like a path under a key without .$.",
    .why = "It is passed on as a text: nothing is looked up.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a": "$.order.id"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$.order.id"}, "End": true}}})",
    .source = "API, NO_DOLLAR",
    .aws_code = "NO_DOLLAR",
};

}  // namespace stepglass::analysis
