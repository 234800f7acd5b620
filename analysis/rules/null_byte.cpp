// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule null_byte;

const Rule null_byte{
    .code = "ASL103",
    .name = "null-byte",
    .severity = Severity::Error,
    .summary = "A NUL byte inside a string.",
    .why = "It is no JSON, and many tools read only what stands before it.",
    .bad = std::string_view("{\"Comment\": \"a\0b\", \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
                            72),
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "RFC 8259",
    .aws_code = "INVALID_JSON_DESCRIPTION",
};

}  // namespace stepglass::analysis
