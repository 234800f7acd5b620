// Found while a definition is read and loaded.

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

extern const Rule jsonata_result_unavailable;

const Rule jsonata_result_unavailable{
    .code = "ASL353",
    .name = "jsonata-result-unavailable",
    .severity = Severity::Error,
    .summary = "$states.result where there is none.",
    .why = "Only Output and Assign of a Task, Map or Parallel see a result; where an error was caught there is none.",
    .bad = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.result %}", "End": true}}})",
    .good = R"({"StartAt": "A", "QueryLanguage": "JSONata", "States": {
  "A": {"Type": "Pass", "Output": "{% $states.input %}", "End": true}}})",
    .source = "developer guide, \"Transforming data\"",
    .aws_code = "UNSUPPORTED_JSONATA_EXPRESSION",
};

}  // namespace stepglass::analysis
