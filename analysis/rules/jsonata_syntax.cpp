// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_syntax;

const Rule jsonata_syntax{
    .code = "ASL351",
    .name = "jsonata-syntax",
    .severity = Severity::Error,
    .summary = "An expression that is no JSONata.",
    .why = "The service refuses the machine when it is created.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% 1 + %}", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% 1 + 2 %}", "End": true}}})",
    .source = "measured: INVALID_JSONATA_EXPRESSION",
    .aws_code = "INVALID_JSONATA_EXPRESSION",
};

}  // namespace stepglass::analysis
