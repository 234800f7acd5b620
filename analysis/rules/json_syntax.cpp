// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule json_syntax;

const Rule json_syntax{
    .code = "ASL101",
    .name = "json-syntax",
    .severity = Severity::Error,
    .summary = "Text that is not JSON.",
    .why = "The service reads nothing of a definition whose text is broken.",
    .bad = R"({"StartAt": "A", "States": {"A": {"Type": "Succeed"},}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "RFC 8259",
    .aws_code = "INVALID_JSON_DESCRIPTION",
};

}  // namespace stepglass::analysis
