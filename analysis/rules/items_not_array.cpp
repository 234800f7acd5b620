#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule items_not_array;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::ItemsNotArray || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("state \"{}\" goes through the items of {}, which is no array",
                                             display_word(problem.name), display_word(problem.path_text)));
    finding.help = "name the array in ItemsPath";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule items_not_array{
    .code = "ASL339",
    .name = "items-not-array",
    .severity = Severity::Error,
    .summary = "A Map over what is no array.",
    .why = "The state fails: an inline Map goes through the items of an array.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"items": [1, 2]}, "Next": "B"},
  "B": {"Type": "Map", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"items": [1, 2]}, "Next": "B"},
  "B": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}}})",
    .source = "Amazon States Language, \"Map State\"",
    .check = check,
};

}  // namespace stepglass::analysis
