// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule invalid_utf8;

const Rule invalid_utf8{
    .code = "ASL102",
    .name = "invalid-utf8",
    .severity = Severity::Error,
    .summary = "Bytes that are no UTF-8.",
    .why = "JSON is UTF-8; what other bytes mean is anybody's guess.",
    .bad =
        "\xFF"
        R"({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "RFC 8259, section 8.1",
    .aws_code = "INVALID_JSON_DESCRIPTION",
};

}  // namespace stepglass::analysis
