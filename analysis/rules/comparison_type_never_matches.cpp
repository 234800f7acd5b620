#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule comparison_type_never_matches;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::NeverMatches || report.is_full()) continue;
    Finding& finding = report.add(problem.span, problem.path_text);
    finding.help = "compare it by its own type";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule comparison_type_never_matches{
    .code = "ASL363",
    .name = "comparison-type-never-matches",
    .severity = Severity::Warning,
    .summary = "A comparison of a value that surely has another type.",
    .why = "It never holds. DynamoDB, for one, gives numbers as texts.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"count": "5"}, "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.count", "NumericGreaterThan": 3, "Next": "C"}], "Default": "D"},
  "C": {"Type": "Succeed"},
  "D": {"Type": "Fail", "Error": "Few"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"count": 5}, "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.count", "NumericGreaterThan": 3, "Next": "C"}], "Default": "D"},
  "C": {"Type": "Succeed"},
  "D": {"Type": "Fail", "Error": "Few"}}})",
    .source = "Amazon States Language, \"Choice State\"",
    .check = check,
};

}  // namespace stepglass::analysis
