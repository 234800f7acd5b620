#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule reads_dropped_field;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::DroppedField || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" finds nothing: there is no \"{}\" here",
                                             display_word(problem.path_text), display_word(problem.name)));
    finding.help = "keep the field in what is passed on, such as by a ResultPath";
    if (problem.maker) {
      finding.related.push_back({problem.maker->name_span, fmt::format("state \"{}\" makes a value without it",
                                                                       display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule reads_dropped_field{
    .code = "ASL333",
    .name = "reads-dropped-field",
    .severity = Severity::Error,
    .summary = "A path to a field that the states before have surely left out.",
    .why = "The path finds nothing and the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a": 1}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.b", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"a": 1}, "ResultPath": "$.a", "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.b", "End": true}}})",
    .source = "data flow: what Parameters, ResultSelector, ItemSelector and Result make is known member by member",
    .check = check,
};

}  // namespace stepglass::analysis
