#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule task_without_timeout;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (scope.machine.machine().timeout_seconds || scope.express) return;
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || task->resource.arn.empty() || task->resource.pattern == Resource::Pattern::WaitForTaskToken) continue;
    if (task->resource.kind == Resource::Kind::Activity) continue;
    const Node node = scope.node(state);
    if (node.find("TimeoutSeconds") || node.find("TimeoutSecondsPath")) continue;
    report.add(state.name_span, fmt::format("state \"{}\" has no time limit", display_word(state.name))).help =
        "add TimeoutSeconds";
  }
}

}  // namespace

const Rule task_without_timeout{
    .code = "ASL217",
    .name = "task-without-timeout",
    .severity = Severity::Info,
    .summary = "A long task without TimeoutSeconds.",
    .why = "A job that hangs keeps the execution for a year.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "TimeoutSeconds": 7200, "End": true}}})",
    .source = "developer guide, \"Use timeouts to avoid stuck Step Functions workflow executions\"",
    .check = check,
};

}  // namespace stepglass::analysis
