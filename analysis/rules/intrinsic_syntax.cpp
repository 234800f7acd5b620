// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule intrinsic_syntax;

const Rule intrinsic_syntax{
    .code = "ASL309",
    .name = "intrinsic-syntax",
    .severity = Severity::Error,
    .summary = "An intrinsic call that does not parse.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.x"}, "End": true}}})",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{}', $.x)"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
