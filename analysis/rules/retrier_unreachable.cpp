#include "analysis/rules/check.h"
#include "analysis/rules/framework/taken_errors.h"

namespace stepglass::analysis {

extern const Rule retrier_unreachable;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (std::holds_alternative<Task>(state.kind)) report_taken_errors(state.retry, "retrier", report);
  }
}

}  // namespace

const Rule retrier_unreachable{
    .code = "ASL415",
    .name = "retrier-unreachable",
    .severity = Severity::Warning,
    .summary = "A retrier that earlier ones take every error from.",
    .why = "Entries are tried in their order, and States.TaskFailed takes every error of a task but States.Timeout.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["States.TaskFailed"]}, {"ErrorEquals": ["Card.Declined"]}],
    "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["Card.Declined"]}, {"ErrorEquals": ["States.TaskFailed"]}],
    "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Errors\"",
    .check = check,
};

}  // namespace stepglass::analysis
