#include "analysis/rules/check.h"
#include "analysis/rules/framework/taken_errors.h"

namespace stepglass::analysis {

extern const Rule retrier_unreachable;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (!std::holds_alternative<Task>(state.kind)) continue;
    for (const auto& [i, earlier] : taken_errors(state.retry)) {
      if (report.is_full()) break;
      Finding& finding =
          report.add(state.retry[i].span,
                     fmt::format("this retrier gets no error: \"States.TaskFailed\" before it takes \"{}\"",
                                 display_word(state.retry[i].error_equals.front())));
      finding.help = "put the retrier for \"States.TaskFailed\" behind it";
      finding.related.push_back(
          {state.retry[earlier].span, fmt::format("entry {} takes all errors but States.Timeout", earlier + 1)});
    }
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
