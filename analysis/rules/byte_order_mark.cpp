// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule byte_order_mark;

const Rule byte_order_mark{
    .code = "ASL104",
    .name = "byte-order-mark",
    .severity = Severity::Info,
    .summary = "A byte order mark in front of the text.",
    .why = "JSON texts have none, and some readers refuse it.",
    .bad =
        "\xEF\xBB\xBF"
        R"({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "End": true}}})",
    .source = "RFC 8259, section 8.1",
};

}  // namespace stepglass::analysis
