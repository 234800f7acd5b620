// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule nesting_too_deep;

const Rule nesting_too_deep{
    .code = "ASL109",
    .name = "nesting-too-deep",
    .severity = Severity::Error,
    .summary = "Arrays, objects or states nested too deeply.",
    .why = "The service refuses a definition whose states are nested too deeply.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "API, TOO_DEEPLY_NESTED; the depth of 256 is a limit of Stepglass",
    .aws_code = "TOO_DEEPLY_NESTED",
};

}  // namespace stepglass::analysis
