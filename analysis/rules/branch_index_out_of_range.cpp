#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule branch_index_out_of_range;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::PastEnd || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" is behind the last item", display_word(problem.path_text)));
    finding.help = "items are counted from 0";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("the array is made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule branch_index_out_of_range{
    .code = "ASL340",
    .name = "branch-index-out-of-range",
    .severity = Severity::Warning,
    .summary = "An index behind the last item.",
    .why = "There is no such item: in a payload template it becomes null, elsewhere the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}], "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$[2]", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}], "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$[1]", "End": true}}})",
    .source = "data flow",
    .check = check,
};

}  // namespace stepglass::analysis
