#pragma once
// A failure of the simulated execution: what retriers and catchers see. Not a fault of the user's document (that is a
// Diagnostic) and not a fault of ours (that is an exception).

#include <optional>
#include <string>

namespace stepglass {

struct Failure {
  // Not made in place: the code that takes two optional texts apart would stand at each of the thousand places that
  // hold a Result, and it only ever runs where something has failed.
  Failure();
  Failure(std::optional<std::string> error, std::optional<std::string> cause);
  Failure(const Failure& other);
  Failure(Failure&& other) noexcept;
  Failure& operator=(const Failure& other);
  Failure& operator=(Failure&& other) noexcept;
  ~Failure();

  /// The error name, e.g. "States.Timeout". Absent when a Fail state or a task gave none.
  std::optional<std::string> error;
  /// Text for people; absent when the service gives none.
  std::optional<std::string> cause;
  /// Of an expression that failed: the field where it stands, for the event that tells of it; may be empty. Absent for
  /// every other failure, and once it has been told.
  std::optional<std::string> location = {};

  friend bool operator==(const Failure&, const Failure&) = default;
};

/// Of an evaluation for which too few steps were left (kMaxRunSteps). A run ends where it comes from.
Failure out_of_steps();

}  // namespace stepglass
