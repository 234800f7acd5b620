// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule wrong_field_type;

const Rule wrong_field_type{
    .code = "ASL113",
    .name = "wrong-field-type",
    .severity = Severity::Error,
    .summary = "A field whose value has the wrong JSON type.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": 3, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": "3", "End": true}}})",
    .source = "Amazon States Language",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
