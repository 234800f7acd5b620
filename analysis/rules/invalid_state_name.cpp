// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_state_name;

const Rule invalid_state_name{
    .code = "ASL121",
    .name = "invalid-state-name",
    .severity = Severity::Error,
    .summary = "A state name that is empty, too long, or holds control characters.",
    .why = "Names have 1 to 80 characters.",
    .bad = R"({"StartAt": "${Start}", "States": {"A\u0007": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "API, INVALID_STATE_NAME",
    .aws_code = "INVALID_STATE_NAME",
};

}  // namespace stepglass::analysis
