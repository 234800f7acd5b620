#include <algorithm>
#include <cstdint>
#include <optional>

#include "analysis/rules/check.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule retry_longer_than_timeout;

namespace {

// Source: service quotas, "Maximum execution time" of Express workflows.

/// The first retry before which the waits sum up to more than `limit` seconds.
std::optional<std::int64_t> attempts_within(const Retrier& retrier, double limit) {
  double delay = static_cast<double>(retrier.interval_seconds);
  double sum = 0;
  // The sum grows by a second at least each time, and limits end at 99,999,999 s, so few definitions need many steps.
  const std::int64_t most = std::min<std::int64_t>(retrier.max_attempts, 1'000'000);
  for (std::int64_t attempt = 1; attempt <= most; ++attempt) {
    sum += retrier.max_delay_seconds ? std::min(delay, static_cast<double>(*retrier.max_delay_seconds)) : delay;
    if (sum > limit) return attempt;
    delay = std::min(delay * retrier.backoff_rate, 1e12);
  }
  return std::nullopt;
}

void check(const ScopeView& scope, Report& report) {
  const bool express = scope.express;
  const auto machine_timeout = scope.machine.machine().timeout_seconds;
  if (!express && (!machine_timeout || *machine_timeout <= 0)) return;
  std::int64_t limit = machine_timeout && *machine_timeout > 0 ? *machine_timeout : INT64_MAX;
  if (express) limit = std::min(limit, kMaxExpressSeconds);
  for (const State& state : scope.states()) {
    for (const Retrier& retrier : state.retry) {
      // FULL jitter can make each wait as short as it likes.
      if (retrier.full_jitter || report.is_full()) continue;
      const auto needed = attempts_within(retrier, static_cast<double>(limit));
      if (!needed) continue;
      report
          .add(retrier.span, fmt::format("the waits before attempt {} of {} outlast the {} seconds of the execution",
                                         *needed, retrier.max_attempts, limit))
          .help = "fewer attempts, a lower BackoffRate, or MaxDelaySeconds";
    }
  }
}

}  // namespace

const Rule retry_longer_than_timeout{
    .code = "ASL418",
    .name = "retry-longer-than-timeout",
    .severity = Severity::Warning,
    .summary = "Retries that wait longer than the execution lives.",
    .why = "The execution times out before the last attempts are made.",
    .bad = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxAttempts": 5}], "End": true}}})",
    .good = R"({"StartAt": "A", "TimeoutSeconds": 6000, "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxAttempts": 5}], "End": true}}})",
    .source = "arithmetic; Amazon States Language, \"Retrying after error\"",
    .check = check,
};

}  // namespace stepglass::analysis
