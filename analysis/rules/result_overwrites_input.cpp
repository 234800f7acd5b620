#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule result_overwrites_input;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::OverwrittenInput || report.is_full()) continue;
    Finding& finding =
        report.add(problem.span, fmt::format("\"{}\" finds nothing: the result of a task has replaced what was there",
                                             display_word(problem.path_text)));
    finding.help = "give the task a ResultPath such as \"$.result\", or null";
    if (problem.maker) {
      finding.related.push_back({problem.maker->name_span, fmt::format("the result of \"{}\" has no such member",
                                                                       display_word(problem.maker->name))});
    }
  }
}

}  // namespace

const Rule result_overwrites_input{
    .code = "ASL334",
    .name = "result-overwrites-input",
    .severity = Severity::Error,
    .summary = "A field that the result of a task has replaced.",
    .why = "Without ResultPath the result of a task takes the place of its whole input: what was there is gone.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
    "Parameters": {"QueueUrl": "q", "MessageBody.$": "$.order"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.order", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "ResultPath": "$.sent",
    "Parameters": {"QueueUrl": "q", "MessageBody.$": "$.order"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.order", "End": true}}})",
    .source = "Amazon States Language, \"ResultPath\"; developer guide for the results",
    .check = check,
};

}  // namespace stepglass::analysis
