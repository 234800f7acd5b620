// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule lossy_number;

const Rule lossy_number{
    .code = "ASL106",
    .name = "lossy-number",
    .severity = Severity::Warning,
    .summary = "A number that no 64-bit integer or double keeps.",
    .why = "The service and its tasks see another number than the one written.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": 123456789012345678901234567890, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": 1234567890, "End": true}}})",
    .source = "RFC 8259, section 6",
};

}  // namespace stepglass::analysis
