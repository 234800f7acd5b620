#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule missing_retry_transient;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || task->resource.arn.empty() || !state.retry.empty() || scope.node(state).find("Retry")) continue;
    if (task->resource.kind != Resource::Kind::Lambda && task->resource.service != "lambda") continue;
    report.add(state.name_span, fmt::format("state \"{}\" calls Lambda without a Retry", display_word(state.name)))
        .help = "retry Lambda.ServiceException and its like";
  }
}

}  // namespace

const Rule missing_retry_transient{
    .code = "ASL421",
    .name = "missing-retry-transient",
    .severity = Severity::Info,
    .summary = "A call of Lambda without a Retry.",
    .why =
        "Lambda fails now and then for reasons that have passed a second later; the service's makers advise to retry "
        "Lambda.ClientExecutionTimeoutException, Lambda.ServiceException, Lambda.AWSLambdaException and "
        "Lambda.SdkClientException.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["Lambda.ServiceException"]}],
    "End": true}}})",
    .source = "developer guide, \"Handle transient Lambda service exceptions\"",
    .check = check,
};

}  // namespace stepglass::analysis
