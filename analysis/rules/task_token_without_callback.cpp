#include "analysis/rules/check.h"
#include "analysis/rules/framework/reads.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule task_token_without_callback;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (state.language != QueryLanguage::JSONPath || report.is_full()) continue;
    const auto* task = std::get_if<Task>(&state.kind);
    const bool inner = std::holds_alternative<Parallel>(state.kind) || std::holds_alternative<Map>(state.kind);
    // Jobs have a token, too. Recorded: test_callback test_sync_with_task_token.
    if (inner || (task && (task->resource.arn.empty() || contains_placeholder(task->resource.arn) ||
                           task->resource.kind == Resource::Kind::Activity ||
                           task->resource.pattern != Resource::Pattern::RequestResponse))) {
      continue;
    }
    for_each_read(scope.node(state), [&](const Read& read) {
      if (read.root != path::Query::Root::Context || read.tests_presence) return;
      if (!read.text.starts_with("$$.Task.Token")) return;
      report
          .add(task ? Severity::Warning : Severity::Error, read.at.span(),
               task ? "this task waits for nobody who could answer with its token"
                    : "there is a task token in callback tasks only")
          .help = task ? "add .waitForTaskToken to the Resource" : "read it in the callback task itself";
    });
  }
}

}  // namespace

const Rule task_token_without_callback{
    .code = "ASL332",
    .name = "task-token-without-callback",
    .severity = Severity::Warning,
    .summary = "The task token in a state that waits for no callback.",
    .why =
        "Other tasks go on without an answer, and other states have no token at all: there the path finds nothing and "
        "the state fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 60,
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}})",
    .source = "developer guide, \"Context object\"",
    .check = check,
};

}  // namespace stepglass::analysis
