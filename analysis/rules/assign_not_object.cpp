// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule assign_not_object;

const Rule assign_not_object{
    .code = "ASL317",
    .name = "assign-not-object",
    .severity = Severity::Error,
    .summary = "An Assign that is no object.",
    .why = "Its keys are the variables.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": [1], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"a": 1}, "End": true}}})",
    .source = "developer guide, \"Passing data with variables\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
