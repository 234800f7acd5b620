// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule intrinsic_nesting_too_deep;

const Rule intrinsic_nesting_too_deep{
    .code = "ASL312",
    .name = "intrinsic-nesting-too-deep",
    .severity = Severity::Error,
    .summary = "More than 10 intrinsic calls inside each other.",
    .why = "The service refuses it.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array(States.Array($.x)))))))))))"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Array(States.Array($.x))"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
