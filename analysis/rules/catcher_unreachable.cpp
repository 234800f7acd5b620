#include <algorithm>
#include <string>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule catcher_unreachable;

namespace {

/// The entry before `at` that takes every error that `names` names; npos when there is none.
template <typename Entries>
std::size_t taken_by(const Entries& entries, std::size_t at) {
  const auto& names = entries[at].error_equals;
  if (names.empty()) return std::string::npos;
  for (const std::string& name : names) {
    // States.TaskFailed takes all errors of a task but States.Timeout. Of the service's own names no more is certain.
    if (name.starts_with("States.")) return std::string::npos;
  }
  for (std::size_t i = 0; i < at; ++i) {
    const auto& earlier = entries[i].error_equals;
    if (std::find(earlier.begin(), earlier.end(), "States.TaskFailed") != earlier.end()) return i;
  }
  return std::string::npos;
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (!std::holds_alternative<Task>(state.kind)) continue;
    for (std::size_t i = 1; i < state.catchers.size() && !report.is_full(); ++i) {
      const std::size_t earlier = taken_by(state.catchers, i);
      if (earlier == std::string::npos) continue;
      Finding& finding =
          report.add(state.catchers[i].span,
                     fmt::format("this catcher gets no error: \"States.TaskFailed\" before it takes \"{}\"",
                                 display_word(state.catchers[i].error_equals.front())));
      finding.help = "put the catcher for \"States.TaskFailed\" behind it";
      finding.related.push_back({state.catchers[earlier].span, "takes all errors but States.Timeout"});
    }
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
