// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_intrinsic;

const Rule unknown_intrinsic{
    .code = "ASL307",
    .name = "unknown-intrinsic",
    .severity = Severity::Error,
    .summary = "An intrinsic function that does not exist.",
    .why = "The service refuses it.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Frmat('{}', $.x)"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.x)"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
