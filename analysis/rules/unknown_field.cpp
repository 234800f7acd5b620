// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule unknown_field;

const Rule unknown_field{
    .code = "ASL111",
    .name = "unknown-field",
    .severity = Severity::Error,
    .summary = "A field that the language does not have here.",
    .why = "The service refuses it; most often it is a slip of case or spelling.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Coment": "x", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Comment": "x", "End": true}}})",
    .source = "Amazon States Language",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
};

}  // namespace stepglass::analysis
