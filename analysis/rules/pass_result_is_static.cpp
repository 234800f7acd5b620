// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule pass_result_is_static;

const Rule pass_result_is_static{
    .code = "ASL306",
    .name = "pass-result-is-static",
    .severity = Severity::Warning,
    .summary = "A path in the Result of a Pass.",
    .why = "Result is copied as it stands: nothing in it is evaluated. Parameters is.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"a.$": "$.x"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a.$": "$.x"}, "End": true}}})",
    .source = "API, PASS_RESULT_IS_STATIC",
    .aws_code = "PASS_RESULT_IS_STATIC",
};

}  // namespace stepglass::analysis
