#include "analysis/cost/attempts.h"

#include <algorithm>
#include <cmath>

#include "analysis/cost/probability.h"
#include "engine/interpreter/retry.h"

namespace stepglass::analysis {
namespace {

// Less than this of all visits is not followed any further, nor are more combinations of attempts than this.
constexpr double kNegligible = 1e-18;
constexpr std::size_t kMaxCombinations = 50'000;
// Delays that are summed up one by one; after so many retries a delay has long reached its end.
constexpr std::size_t kMaxDelays = 100'000;
constexpr std::size_t kNobody = SIZE_MAX;

/// The number of the first of `handlers`, retriers or catchers, that takes the error; kNobody when none does.
template <typename Handler>
std::size_t taker_of(const std::vector<Handler>& handlers, const std::string& name) {
  const RaisedError error{Failure{name, std::nullopt}, false};
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    if (takes(handlers[i].error_equals, error)) return i;
  }
  return kNobody;
}
std::size_t retrier_of(const State& state, const std::string& name) {
  return taker_of(state.retry, name);
}
std::size_t catcher_of(const State& state, const std::string& name) {
  return taker_of(state.catchers, name);
}

double delay_seconds(const Retrier& retrier, std::size_t retries) {
  const double seconds = static_cast<double>(backoff(retrier, static_cast<std::int64_t>(retries)).count()) / 1000;
  // FULL: anything between nothing and the delay.
  return retrier.full_jitter ? seconds / 2 : seconds;
}

/// Seconds of all its delays, without jitter: the first ones as they are, the rest as a geometric row up to where
/// delays stop to grow.
double all_delays(const Retrier& retrier) {
  constexpr double kOneByOne = 100;
  const auto attempts = static_cast<double>(retrier.max_attempts);
  const auto delay = [&](double retries) {
    return static_cast<double>(backoff(retrier, static_cast<std::int64_t>(retries)).count()) / 1000;
  };
  double sum = 0, n = 0;
  for (; n < attempts && n < kOneByOne; ++n) sum += delay(n);
  if (n == attempts) return sum;
  // The first delay that is as long as the last one; up to there each is `rate` times the one before.
  const double next = delay(n), last = delay(attempts - 1);
  double from = n, to = attempts - 1;
  while (from < to) {
    const double middle = std::floor((from + to) / 2);
    if (delay(middle) < last) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return sum + next * geometric_sum(retrier.backoff_rate, from - n) + (attempts - from) * last;
}

// Stands for all errors that "States.ALL" and "States.TaskFailed" take besides those with names of their own.
constexpr const char* kOtherError = "an error of its own";

/// A retrier that errors get to.
struct Used {
  std::size_t index;
  double probability;  // that an attempt fails with one of its errors
  double attempts;     // MaxAttempts
};

/// One retrier: a row of attempts that goes on as long as it takes the error.
void follow_one(const State& state, const Used& used, Attempts& result, double& exhausted) {
  const Retrier& retrier = state.retry[used.index];
  result.expected = geometric_sum(used.probability, used.attempts + 1);
  exhausted = whole_power_of(used.probability, used.attempts + 1);
  double reached = used.probability;
  std::size_t n = 0;
  for (; static_cast<double>(n) < used.attempts && reached > kNegligible && n < kMaxDelays; ++n) {
    result.waiting_seconds += reached * delay_seconds(retrier, n);
    reached *= used.probability;
  }
  // Retries that were not gone through all wait the longest delay.
  if (reached > kNegligible && static_cast<double>(n) < used.attempts) {
    result.waiting_seconds +=
        reached * geometric_sum(used.probability, used.attempts - static_cast<double>(n)) * delay_seconds(retrier, n);
  }
}

/// Several: the numbers of attempts each has used form a grid that is gone through from its corner.
bool follow_all(const State& state, const std::vector<Used>& used, Attempts& result, std::vector<double>& exhausted) {
  std::vector<std::size_t> sizes, strides;
  std::size_t cells = 1;
  for (const Used& one : used) {
    std::size_t size = 1;
    for (double reached = 1; static_cast<double>(size) <= one.attempts && reached > kNegligible; ++size) {
      reached *= one.probability;
      if (size > kMaxCombinations) return false;
    }
    strides.push_back(cells);
    sizes.push_back(size);
    cells *= size;
    if (cells > kMaxCombinations) return false;
  }
  std::vector<double> probability(cells, 0.0);
  probability[0] = 1;
  result.expected = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double here = probability[cell];
    if (here == 0) continue;
    result.expected += here;
    for (std::size_t i = 0; i < used.size(); ++i) {
      const std::size_t count = cell / strides[i] % sizes[i];
      const double failing = here * used[i].probability;
      if (static_cast<double>(count) >= used[i].attempts) {
        exhausted[i] += failing;
      } else if (count + 1 < sizes[i]) {
        probability[cell + strides[i]] += failing;
        result.waiting_seconds += failing * delay_seconds(state.retry[used[i].index], count);
      }
    }
  }
  return true;
}

}  // namespace

void add_error(ErrorShares& errors, const std::string& name, double probability) {
  if (probability <= 0) return;
  for (ErrorShare& share : errors) {
    if (share.name == name) {
      share.probability += probability;
      return;
    }
  }
  if (errors.size() < kMaxErrorNames) {
    errors.push_back({name, probability});
  } else {
    errors.back() = {"", errors.back().probability + probability};
  }
}

double sum_of(const ErrorShares& errors) {
  double sum = 0;
  for (const ErrorShare& share : errors) sum += share.probability;
  return sum;
}

Attempts attempts_of(const State& state, const ErrorShares& failures) {
  Attempts result;
  result.caught.assign(state.catchers.size(), 0.0);
  std::vector<Used> used;
  std::vector<std::size_t> taker;  // by failure: its place in `used`
  double fails = 0;
  for (const ErrorShare& failure : failures) {
    fails += failure.probability;
    taker.push_back(kNobody);
    const std::size_t index = retrier_of(state, failure.name);
    if (index == kNobody || failure.probability <= 0) continue;
    const auto at = std::find_if(used.begin(), used.end(), [&](const Used& one) { return one.index == index; });
    taker.back() = static_cast<std::size_t>(at - used.begin());
    if (at == used.end()) {
      used.push_back({index, failure.probability, static_cast<double>(state.retry[index].max_attempts)});
    } else {
      at->probability += failure.probability;
    }
  }
  std::vector<double> exhausted(used.size(), 0.0);
  if (used.size() == 1) follow_one(state, used[0], result, exhausted[0]);
  if (used.size() > 1 && !follow_all(state, used, result, exhausted)) {
    // As if one retrier after the other had its turn.
    result.exact = false;
    result.expected = 1;
    result.waiting_seconds = 0;
    for (std::size_t i = 0; i < used.size(); ++i) {
      Attempts one;
      follow_one(state, used[i], one, exhausted[i]);
      result.expected += one.expected - 1;
      result.waiting_seconds += one.waiting_seconds;
    }
  }
  double failed = 0;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    const ErrorShare& failure = failures[i];
    const double share = taker[i] == kNobody ? failure.probability * result.expected
                                             : exhausted[taker[i]] * failure.probability / used[taker[i]].probability;
    if (share <= 0) continue;
    failed += share;
    const std::size_t catcher = catcher_of(state, failure.name);
    if (catcher == kNobody) {
      add_error(result.uncaught, failure.name, share);
    } else {
      result.caught[catcher] += share;
    }
  }
  // Not 1 - failed: where nearly all fail, that would lose digits.
  result.succeeds = failed > 0.5 ? std::max(1 - fails, 0.0) * result.expected : 1 - failed;
  return result;
}

Retries most_retries(const State& state) {
  Retries most;
  for (std::size_t i = 0; i < state.retry.size(); ++i) {
    const Retrier& retrier = state.retry[i];
    const bool used =
        std::any_of(retrier.error_equals.begin(), retrier.error_equals.end(), [&](const std::string& name) {
          const bool any = name == "States.ALL" || name == "States.TaskFailed";
          return retrier_of(state, any ? kOtherError : name) == i;
        });
    if (!used) continue;
    most.count += static_cast<double>(retrier.max_attempts);
    most.waiting_seconds += all_delays(retrier);
  }
  return most;
}

Retries retries_before_catch(const State& state, const std::string& name) {
  const std::size_t index = retrier_of(state, name);
  if (index == kNobody) return {};
  const Retrier& retrier = state.retry[index];
  return {static_cast<double>(retrier.max_attempts), retrier.full_jitter ? 0 : all_delays(retrier)};
}

std::optional<Retries> least_retries_before(const State& state, std::size_t catcher) {
  std::optional<Retries> least;
  const auto consider = [&](const std::string& name) {
    if (catcher_of(state, name) != catcher) return;
    const Retries retries = retries_before_catch(state, name);
    if (!least) {
      least = retries;
    } else {
      least->count = std::min(least->count, retries.count);
      least->waiting_seconds = std::min(least->waiting_seconds, retries.waiting_seconds);
    }
  };
  for (const std::string& name : state.catchers[catcher].error_equals) {
    consider(name);
    if (name == "States.ALL" || name == "States.TaskFailed") consider(kOtherError);
    if (name == "States.ALL") consider("States.Timeout");
  }
  return least;
}

std::string likely_error(const State& state) {
  const std::vector<std::string>* names = nullptr;
  if (!state.retry.empty()) {
    names = &state.retry.front().error_equals;
  } else if (!state.catchers.empty()) {
    names = &state.catchers.front().error_equals;
  }
  if (!names || names->empty() || names->front() == "States.ALL" || names->front() == "States.Runtime") {
    return "States.TaskFailed";
  }
  return names->front();
}

}  // namespace stepglass::analysis
