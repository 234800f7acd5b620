#include <algorithm>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/jobs.h"

namespace stepglass::analysis {

extern const Rule retried_side_effect;

namespace {

/// The retrier also takes a job that has failed.
bool takes_failed_jobs(const Retrier& retrier) {
  return retrier.max_attempts > 0 &&
         std::any_of(retrier.error_equals.begin(), retrier.error_equals.end(),
                     [](const std::string& name) { return name == "States.ALL" || name == "States.TaskFailed"; });
}

/// `text` gives the same in each attempt: it does not count them, and leaves nothing to chance.
bool stays_the_same(std::string_view text) {
  constexpr std::string_view kChanging[] = {"State.", "Task.",   "UUID",     "MathRandom", "$uuid",
                                            "$now",   "$millis", "$random",  "RetryCount", "context }",
                                            "${",     "State[",  "$shuffle", "context%}",  "$states.context)"};
  return std::none_of(std::begin(kChanging), std::end(kChanging),
                      [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || state.retry.empty() || report.is_full()) continue;
    if (task->resource.pattern != Resource::Pattern::Sync && task->resource.pattern != Resource::Pattern::Sync2) {
      continue;
    }
    const Job* job = started_by(task->resource);
    if (!job || job->unique_name.empty()) continue;
    const auto retrier = std::find_if(state.retry.begin(), state.retry.end(), takes_failed_jobs);
    if (retrier == state.retry.end()) continue;
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const auto arguments = member(scope.node(state), jsonata ? "Arguments" : "Parameters", Node::Kind::Object);
    if (!arguments) continue;
    auto name = arguments->find(job->unique_name);
    if (!name && !jsonata) name = arguments->find(std::string(job->unique_name) + ".$");
    if (!name || !name->is_string() || !stays_the_same(name->text())) continue;
    Finding& finding =
        report.add(name->span(), fmt::format("a failed {} is retried under the same {}, which the service refuses",
                                             job->service == "states" ? "execution" : "job", job->unique_name));
    finding.help = jsonata ? "add {% $states.context.State.RetryCount %} to the name"
                           : "add $$.State.RetryCount to the name by States.Format, or do not retry failed jobs";
    finding.related.push_back({retrier->span, "this retrier takes failed jobs"});
  }
}

}  // namespace

const Rule retried_side_effect{
    .code = "ASL424",
    .name = "retried-side-effect",
    .severity = Severity::Warning,
    .summary = "A retry that starts a failed job or execution again under its old name.",
    .why =
        "Names of executions and of SageMaker jobs are not given twice: each retry of one that has failed fails at "
        "once, and its error hides the first one.",
    .bad = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
    "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:m", "Name.$": "$$.Execution.Name"},
    "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}})json",
    .good = R"json({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
    "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:m",
      "Name.$": "States.Format('{}-{}', $$.Execution.Name, $$.State.RetryCount)"},
    "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}})json",
    .source = "API references, \"StartExecution\", \"CreateTrainingJob\"",
    .check = check,
};

}  // namespace stepglass::analysis
