// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule format_placeholder_mismatch;

const Rule format_placeholder_mismatch{
    .code = "ASL310",
    .name = "format-placeholder-mismatch",
    .severity = Severity::Warning,
    .summary = "A States.Format whose {} are not as many as its arguments.",
    .why = "The state fails each time it runs.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{} {}', $.x)"}, "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "States.Format('{} {}', $.x, $.y)"}, "End": true}}})json",
    .source = "developer guide, \"Intrinsic functions\"",
};

}  // namespace stepglass::analysis
