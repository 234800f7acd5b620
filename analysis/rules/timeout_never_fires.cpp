#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule timeout_never_fires;

namespace {

void check(const ScopeView& scope, Report& report) {
  const auto limit = scope.machine.machine().timeout_seconds;
  if (!limit || *limit <= 0) return;
  for (const ScopeView* view = &scope; view; view = view->outer) {
    if (view->is_child_execution()) return;
  }
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    const auto* seconds = task ? std::get_if<std::int64_t>(&task->timeout_seconds) : nullptr;
    if (!seconds || *seconds < *limit || report.is_full()) continue;
    const auto field = scope.node(state).find("TimeoutSeconds");
    if (!field) continue;
    report
        .add(field->span(), fmt::format("{} seconds are not less than the {} of the whole execution", *seconds, *limit))
        .help = "make it shorter, or that of the machine longer";
  }
}

}  // namespace

const Rule timeout_never_fires{
    .code = "ASL218",
    .name = "timeout-never-fires",
    .severity = Severity::Warning,
    .summary = "A timeout of a task that is not shorter than that of the machine.",
    .why = "The whole execution times out first, and no Retry or Catch can act on that.",
    .bad = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "TimeoutSeconds": 120, "End": true}}})",
    .good = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "TimeoutSeconds": 30, "End": true}}})",
    .source = "Amazon States Language, \"Timeouts\"",
    .check = check,
};

}  // namespace stepglass::analysis
