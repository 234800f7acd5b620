// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule missing_branches;

const Rule missing_branches{
    .code = "ASL159",
    .name = "missing-branches",
    .severity = Severity::Error,
    .summary = "A Parallel without Branches.",
    .why = "It has nothing to run.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}], "End": true}}})",
    .source = "Amazon States Language, \"Parallel State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
