#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule string_not_object;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::TextAsObject || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" finds nothing: \"{}\" is looked up in what is no object",
                                             display_word(problem.path_text), display_word(problem.name)));
    finding.help = "of a text that holds JSON States.StringToJson makes an object; startExecution has .sync:2";
  }
}

}  // namespace

const Rule string_not_object{
    .code = "ASL338",
    .name = "string-not-object",
    .severity = Severity::Error,
    .summary = "A name inside a text, number, boolean or null.",
    .why =
        "Nothing can be looked up in it. startExecution.sync, for one, gives the output of the child as a text; "
        ".sync:2 as JSON.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync",
    "Parameters": {"StateMachineArn": "m"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.Output.total", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
    "Parameters": {"StateMachineArn": "m"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.Output.total", "End": true}}})",
    .source = "data flow; developer guide, \"Start a new execution with Step Functions\"",
    .check = check,
};

}  // namespace stepglass::analysis
