#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule result_path_into_scalar;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::ScalarInResultPath || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("nothing can be put at \"{}\": \"{}\" is no object",
                                             display_word(problem.path_text), display_word(problem.name)));
    finding.help = "put the result at a member of an object";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("made by \"{}\"", display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule result_path_into_scalar{
    .code = "ASL362",
    .name = "result-path-into-scalar",
    .severity = Severity::Error,
    .summary = "A ResultPath that leads into a value that is no object.",
    .why =
        "The state fails with States.ResultPathMatchFailure: objects are made on the way, but not out of texts, "
        "numbers or arrays.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"user": "Ada"}, "Next": "B"},
  "B": {"Type": "Pass", "Result": 1, "ResultPath": "$.user.count", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"user": "Ada"}, "Next": "B"},
  "B": {"Type": "Pass", "Result": 1, "ResultPath": "$.count", "End": true}}})",
    .source = "Amazon States Language, \"ResultPath\"",
    .check = check,
};

}  // namespace stepglass::analysis
