// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule intrinsic_arity;

const Rule intrinsic_arity{
    .code = "ASL308",
    .name = "intrinsic-arity",
    .severity = Severity::Warning,
    .summary = "An intrinsic function with too few or too many arguments.",
    .why = "The state fails each time it runs.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.UUID(1)"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.UUID()"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
