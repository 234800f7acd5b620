// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule next_and_end;

const Rule next_and_end{
    .code = "ASL124",
    .name = "next-and-end",
    .severity = Severity::Error,
    .summary = "A state with both Next and End.",
    .why = "They contradict each other.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Next": "B", "End": true},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "Amazon States Language, \"Transitions\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
