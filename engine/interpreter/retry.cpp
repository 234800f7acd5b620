#include "engine/interpreter/retry.h"

#include <algorithm>
#include <cmath>

namespace stepglass {

bool takes(const std::vector<std::string>& error_equals, const RaisedError& error) {
  const std::string name = error.failure.error.value_or("");
  if (name == "States.Runtime") return false;
  for (const std::string& wanted : error_equals) {
    if (wanted == name || wanted == "States.ALL") return true;
    if (wanted == "States.TaskFailed" && name != "States.Timeout") return true;
    if (wanted == "States.HeartbeatTimeout" && error.missed_heartbeat) return true;
  }
  return false;
}

std::chrono::milliseconds backoff(const Retrier& retrier, std::int64_t retries) {
  // Longer than any execution lives, and far from the end of the clock.
  constexpr double kLongest = 1e11;
  const double most =
      retrier.max_delay_seconds ? std::min(kLongest, static_cast<double>(*retrier.max_delay_seconds)) : kLongest;
  double seconds = static_cast<double>(retrier.interval_seconds);
  // By squaring rather than pow(), whose last digit depends on the C library.
  double power = retrier.backoff_rate;
  for (std::int64_t left = retries; left > 0 && seconds < most; left >>= 1) {
    if (left & 1) seconds *= power;
    power *= power;
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::floor(std::min(seconds, most) * 1000.0 + 0.5)));
}

}  // namespace stepglass
