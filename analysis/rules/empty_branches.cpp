// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule empty_branches;

const Rule empty_branches{
    .code = "ASL160",
    .name = "empty-branches",
    .severity = Severity::Error,
    .summary = "A Parallel whose Branches are empty.",
    .why = "It has nothing to run.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}], "End": true}}})",
    .source = "Amazon States Language, \"Parallel State\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
