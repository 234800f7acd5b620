#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule reads_field_missing_on_some_path;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::MaybeMissing || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" is not there on every way", display_word(problem.path_text)));
    finding.help = "make it on every way, or ask IsPresent first";
  }
}

}  // namespace

const Rule reads_field_missing_on_some_path{
    .code = "ASL336",
    .name = "reads-field-missing-on-some-path",
    .severity = Severity::Info,
    .summary = "A path to a field that is not there on every way.",
    .why = "On such a way the state fails. Whether an execution can take it depends on the data.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$$.Execution.Name", "StringEquals": "x", "Next": "B"}], "Default": "C"},
  "B": {"Type": "Pass", "Result": {"a": 1}, "Next": "D"},
  "C": {"Type": "Pass", "Result": {"b": 1}, "Next": "D"},
  "D": {"Type": "Pass", "InputPath": "$.a", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$$.Execution.Name", "StringEquals": "x", "Next": "B"}], "Default": "C"},
  "B": {"Type": "Pass", "Result": {"a": 1}, "Next": "D"},
  "C": {"Type": "Pass", "Result": {"a": 2}, "Next": "D"},
  "D": {"Type": "Pass", "InputPath": "$.a", "End": true}}})",
    .source = "data flow",
    .check = check,
};

}  // namespace stepglass::analysis
