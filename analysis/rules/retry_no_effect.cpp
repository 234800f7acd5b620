#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule retry_no_effect;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto retry = member(scope.node(state), "Retry", Node::Kind::Array);
    if (!retry || retry->size() != state.retry.size()) continue;
    std::size_t i = 0;
    for (auto node = retry->first_child(); node; node = node->next_sibling()) {
      const Retrier& retrier = state.retry[i++];
      if (!node->is_object() || retrier.max_attempts != 0) continue;
      if (!node->find("IntervalSeconds") && !node->find("BackoffRate") && !node->find("MaxDelaySeconds")) continue;
      report.add(retrier.span, "this retrier never retries, so that its other fields mean nothing").help =
          "leave them out, or set MaxAttempts";
    }
  }
}

}  // namespace

const Rule retry_no_effect{
    .code = "ASL422",
    .name = "retry-no-effect",
    .severity = Severity::Info,
    .summary = "A retrier that says never to retry, and how.",
    .why = "With MaxAttempts 0 the other fields mean nothing.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["Card.Declined"], "MaxAttempts": 0, "IntervalSeconds": 5}],
    "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["Card.Declined"], "MaxAttempts": 0}],
    "End": true}}})",
    .source = "Amazon States Language, \"Retrying after error\"",
    .check = check,
};

}  // namespace stepglass::analysis
