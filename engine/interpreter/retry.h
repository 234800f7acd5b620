#pragma once
// Which retrier or catcher takes an error, and how long a retrier waits.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/state.h"
#include "engine/support/failure.h"
#include "engine/support/random.h"

namespace stepglass {

/// An error on its way to retriers and catchers.
struct RaisedError {
  Failure failure;
  /// A missed heartbeat: reported as States.Timeout, but taken by "States.HeartbeatTimeout" too. Source: measured.
  bool missed_heartbeat = false;
};

/// True when the wildcards and names in `error_equals` take the error. States.Runtime is never taken, not even by name
/// (recorded); States.TaskFailed takes all but States.Timeout (developer guide).
bool takes(const std::vector<std::string>& error_equals, const RaisedError& error);

/// Delay before the retry that follows `retries` earlier ones of the same retrier: IntervalSeconds ×
/// BackoffRate^retries, cut at MaxDelaySeconds. Without jitter.
std::chrono::milliseconds backoff(const Retrier& retrier, std::int64_t retries);

}  // namespace stepglass
