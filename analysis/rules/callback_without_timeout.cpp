#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule callback_without_timeout;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (scope.machine.machine().timeout_seconds || scope.express) return;
  const auto root = scope.machine.document().root();
  if (root && root->is_object() && root->find("TimeoutSeconds")) return;  // a placeholder
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || report.is_full()) continue;
    const bool callback = task->resource.pattern == Resource::Pattern::WaitForTaskToken;
    if (!callback && (task->resource.kind != Resource::Kind::Activity || task->resource.arn.empty())) continue;
    const Node node = scope.node(state);
    if (node.find("TimeoutSeconds") || node.find("TimeoutSecondsPath") || node.find("HeartbeatSeconds") ||
        node.find("HeartbeatSecondsPath")) {
      continue;
    }
    report
        .add(state.name_span, fmt::format("state \"{}\" waits for {} without a time limit", display_word(state.name),
                                          callback ? "a callback" : "a worker"))
        .help = "add TimeoutSeconds or HeartbeatSeconds, here or TimeoutSeconds for the machine";
  }
}

}  // namespace

const Rule callback_without_timeout{
    .code = "ASL216",
    .name = "callback-without-timeout",
    .severity = Severity::Warning,
    .summary = "A task that waits for a callback or a worker without any time limit.",
    .why = "When nobody answers, the execution waits for a year.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 3600,
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}})",
    .source = "developer guide, \"Use timeouts to avoid stuck Step Functions workflow executions\"",
    .check = check,
};

}  // namespace stepglass::analysis
