#include <algorithm>

#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"
#include "analysis/rules/framework/jobs.h"
#include "engine/support/sort.h"

namespace stepglass::analysis {

extern const Rule poll_loop_could_be_sync;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (scope.express) return;
  std::vector<const Job*> started;
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    const Job* job =
        task && task->resource.pattern == Resource::Pattern::RequestResponse ? started_by(task->resource) : nullptr;
    if (job) started.push_back(job);
  }
  if (started.empty()) return;
  sort_stable(started);
  for (const Loop& loop : scope.loops) {
    if (!scope.reached[loop.states.front()] || report.is_full()) continue;
    const Job* job = nullptr;
    std::size_t tasks = 0;
    bool waits = false;
    bool others = false;
    for (const Vertex v : loop.states) {
      const State& state = scope.flow.state(v);
      if (const auto* task = std::get_if<Task>(&state.kind)) {
        ++tasks;
        job = described_by(task->resource);
      } else if (std::holds_alternative<Wait>(state.kind)) {
        waits = true;
      } else if (!std::holds_alternative<stepglass::Choice>(state.kind) && !std::holds_alternative<Pass>(state.kind)) {
        others = true;
      }
    }
    if (tasks != 1 || !job || !waits || others) continue;
    // One that describes several kinds of jobs is known by what is started here.
    if (!std::binary_search(started.begin(), started.end(), job)) continue;
    const Vertex head = loop.states.front();
    report
        .add(scope.flow.state(head).name_span,
             fmt::format("the loop {} waits for what {}:{}.sync waits for by itself",
                         arrows(names_of(states_of(scope.flow, shortest_cycle(scope.flow, head)))), job->service,
                         job->start))
        .help = fmt::format("start it by arn:aws:states:::{}:{}.sync and leave the loop out", job->service, job->start);
  }
}

}  // namespace

const Rule poll_loop_could_be_sync{
    .code = "ASL515",
    .name = "poll-loop-could-be-sync",
    .severity = Severity::Info,
    .summary = "A loop that asks again and again about a job that .sync could wait for.",
    .why = "Each turn costs transitions and events; .sync costs one transition and sees the end of the job sooner.",
    .bad = R"({"StartAt": "S", "States": {
  "S": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "j"}, "ResultPath": "$.run", "Next": "W"},
  "W": {"Type": "Wait", "Seconds": 60, "Next": "D"},
  "D": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:getJobRun",
    "Parameters": {"JobName": "j", "RunId.$": "$.run.JobRunId"}, "ResultPath": "$.now", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.now.JobRun.JobRunState", "StringEquals": "SUCCEEDED", "Next": "C"}], "Default": "W"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "S", "States": {
  "S": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "End": true}}})",
    .source = "developer guide, \"Run a Job (.sync)\"",
    .check = check,
};

}  // namespace stepglass::analysis
