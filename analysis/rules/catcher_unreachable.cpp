#include "analysis/rules/check.h"
#include "analysis/rules/framework/taken_errors.h"

namespace stepglass::analysis {

extern const Rule catcher_unreachable;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (std::holds_alternative<Task>(state.kind)) report_taken_errors(state.catchers, "catcher", report);
  }
}

}  // namespace

const Rule catcher_unreachable{
    .code = "ASL414",
    .name = "catcher-unreachable",
    .severity = Severity::Warning,
    .summary = "A catcher that earlier ones take every error from.",
    .why = "Entries are tried in their order, and States.TaskFailed takes every error of a task but States.Timeout.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "B"}, {"ErrorEquals": ["Card.Declined"], "Next": "B"}],
    "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["Card.Declined"], "Next": "B"}, {"ErrorEquals": ["States.TaskFailed"], "Next": "B"}],
    "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Errors\"",
    .check = check,
};

}  // namespace stepglass::analysis
