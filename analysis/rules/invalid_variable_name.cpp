// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_variable_name;

const Rule invalid_variable_name{
    .code = "ASL315",
    .name = "invalid-variable-name",
    .severity = Severity::Error,
    .summary = "A variable name that is no identifier or is too long.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"1a": 1}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"a1": 1}, "End": true}}})",
    .source = "developer guide, \"Passing data with variables\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
