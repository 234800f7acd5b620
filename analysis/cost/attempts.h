#pragma once
// What becomes of a state whose attempts fail now and then: how often it is tried, who takes the error in the end.

#include <optional>
#include <string>
#include <vector>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// An error name and how likely it is that an attempt ends with it. The name is empty where it is not known.
struct ErrorShare {
  std::string name;
  double probability;
};
using ErrorShares = std::vector<ErrorShare>;

/// Names that are kept apart; what more there is counts as one without a name.
inline constexpr std::size_t kMaxErrorNames = 32;
/// Adds `probability` to `name`.
void add_error(ErrorShares& errors, const std::string& name, double probability);
double sum_of(const ErrorShares& errors);

struct Attempts {
  /// Attempts a visit takes, at least 1; all but the first are retries.
  double expected = 1;
  /// Seconds spent waiting between them.
  double waiting_seconds = 0;
  double succeeds = 1;
  /// By catcher: the probability that it takes the error.
  std::vector<double> caught;
  /// What no catcher takes.
  ErrorShares uncaught;
  /// False when there were too many combinations of retriers to go through.
  bool exact = true;
};

/// Each attempt fails on its own with `failures`, which sum up to at most 1. Retriers count their attempts as the
/// service does, each for itself; the first that takes an error has it, and when its attempts are used up the catchers
/// are asked.
Attempts attempts_of(const State& state, const ErrorShares& failures);

/// Retries and the seconds spent waiting for them.
struct Retries {
  double count = 0;
  double waiting_seconds = 0;
};

/// The most that retriers can add to a visit: those of which some error gets to, each used up.
Retries most_retries(const State& state);

/// Before the error `name` gets to the catchers: all retries that the retrier that takes it has, with the shortest
/// delays.
Retries retries_before_catch(const State& state, const std::string& name);

/// The least before the catcher of that number gets an error; nothing when those before it take all it names.
std::optional<Retries> least_retries_before(const State& state, std::size_t catcher);

/// The error that a plain failure rate of `state` means: the first that its first retrier, or else its first catcher,
/// names; States.TaskFailed when that is any.
std::string likely_error(const State& state);

}  // namespace stepglass::analysis
