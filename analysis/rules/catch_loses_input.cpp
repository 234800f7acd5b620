#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule catch_loses_input;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::CatchLosesInput || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("only Error and Cause are left for state \"{}\", which reads \"{}\"",
                                             display_word(problem.reader->name), display_word(problem.path_text)));
    finding.help = "add \"ResultPath\": \"$.error\" to the catcher: it keeps the input";
    finding.related.push_back({problem.read_at, "read here"});
  }
}

}  // namespace

const Rule catch_loses_input{
    .code = "ASL423",
    .name = "catch-loses-input",
    .severity = Severity::Error,
    .summary = "A catcher whose next state reads what the catcher has thrown away.",
    .why = "Without ResultPath the error, which has an Error and a Cause only, takes the place of the whole input.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "End": true},
  "B": {"Type": "Pass", "Parameters": {"id.$": "$.orderId"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}], "End": true},
  "B": {"Type": "Pass", "Parameters": {"id.$": "$.orderId"}, "End": true}}})",
    .source = "Amazon States Language, \"Fallback states\"",
    .check = check,
};

}  // namespace stepglass::analysis
