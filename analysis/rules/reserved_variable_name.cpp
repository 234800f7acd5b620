// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule reserved_variable_name;

const Rule reserved_variable_name{
    .code = "ASL316",
    .name = "reserved-variable-name",
    .severity = Severity::Error,
    .summary = "An Assign to \"states\".",
    .why = "$states is what the service itself offers.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"states": 1}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"state": 1}, "End": true}}})",
    .source = "developer guide, \"Passing data with variables\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
