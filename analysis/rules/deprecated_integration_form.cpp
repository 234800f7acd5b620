#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule deprecated_integration_form;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || task->resource.service != "states" || task->resource.pattern != Resource::Pattern::Sync) continue;
    const auto resource = scope.node(state).find("Resource");
    if (resource)
      report.add(resource->span(), "startExecution.sync gives the child's output as a text").help = "write .sync:2";
  }
}

}  // namespace

const Rule deprecated_integration_form{
    .code = "ASL197",
    .name = "deprecated-integration-form",
    .severity = Severity::Info,
    .summary = "startExecution.sync, of which a better form exists.",
    .why = "Its result holds the output of the child as a text; startExecution.sync:2 gives it as JSON.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync",
    "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:m"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
    "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:m"}, "TimeoutSeconds": 60, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .check = check,
};

}  // namespace stepglass::analysis
