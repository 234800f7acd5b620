// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule definition_too_large;

const Rule definition_too_large{
    .code = "ASL108",
    .name = "definition-too-large",
    .severity = Severity::Error,
    .summary = "A definition of more than 1 MB.",
    .why = "The service refuses it.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "service quotas, \"State machine definition size\"",
};

}  // namespace stepglass::analysis
