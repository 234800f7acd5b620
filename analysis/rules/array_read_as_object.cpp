#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule array_read_as_object;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::ArrayAsObject || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" finds nothing: there is an array where \"{}\" is looked up",
                                             display_word(problem.path_text), display_word(problem.name)));
    finding.help = "name an item first, such as [0], or select something of all by [*]";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule array_read_as_object{
    .code = "ASL337",
    .name = "array-read-as-object",
    .severity = Severity::Error,
    .summary = "A name where an array is.",
    .why = "Parallel and Map give arrays: a name finds nothing in them. $[0] is the result of the first branch.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}], "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.total", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}], "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$[0].total", "End": true}}})",
    .source = "Amazon States Language, \"Parallel State\", \"Map State\"",
    .check = check,
};

}  // namespace stepglass::analysis
