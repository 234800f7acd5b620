#include "analysis/rules/check.h"
#include "analysis/rules/framework/data_flow.h"

namespace stepglass::analysis {

extern const Rule fire_and_forget_then_read;

namespace {

/// The results of a query are asked for right behind its start, and nothing tries again.
void check_query(const State& state, Report& report) {
  const auto* task = std::get_if<Task>(&state.kind);
  const auto is = [](const Task& t, std::string_view action) {
    return (t.resource.service == "athena" || t.resource.service == "aws-sdk:athena") && t.resource.action == action;
  };
  if (!task || !is(*task, "startQueryExecution") || task->resource.pattern != Resource::Pattern::RequestResponse)
    return;
  const State* next = state.next ? state.next->state : nullptr;
  const auto* reader = next ? std::get_if<Task>(&next->kind) : nullptr;
  if (!reader || !is(*reader, "getQueryResults") || !next->retry.empty() || !next->catchers.empty()) return;
  Finding& finding = report.add(
      state.name_span, fmt::format("state \"{}\" only starts the query, and \"{}\" asks for its results at once",
                                   display_word(state.name), display_word(next->name)));
  finding.help = "start it by arn:aws:states:::athena:startQueryExecution.sync, which waits for its end";
  finding.related.push_back({next->name_span, "it fails while the query is running"});
}

void check(const ScopeView& scope, Report& report) {
  for (const DataProblem& problem : scope.machine.data_facts().problems) {
    if (problem.scope != &scope || problem.kind != DataProblem::Kind::JobResult || report.is_full()) continue;
    Finding& finding = report.add(
        problem.span, fmt::format("\"{}\" finds nothing: \"{}\" is a part of the job, which has only been started",
                                  display_word(problem.path_text), display_word(problem.name)));
    finding.help = "put .sync behind the Resource, so that the task waits for the end of the job";
    if (problem.maker) {
      finding.related.push_back(
          {problem.maker->name_span, fmt::format("\"{}\" does not wait", display_word(problem.maker->name))});
    }
  }
  for (const State& state : scope.states()) {
    if (scope.reachable(state) && !report.is_full()) check_query(state, report);
  }
}

}  // namespace

const Rule fire_and_forget_then_read{
    .code = "ASL343",
    .name = "fire-and-forget-then-read",
    .severity = Severity::Warning,
    .summary = "The result of a job that has only been started.",
    .why = "Without .sync a task goes on as soon as the job is started: its result is not there yet.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "j"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.JobRunState", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "Next": "B"},
  "B": {"Type": "Pass", "InputPath": "$.JobRunState", "End": true}}})",
    .source = "developer guide, \"Discover service integration patterns\"",
    .check = check,
};

}  // namespace stepglass::analysis
