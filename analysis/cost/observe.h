#pragma once
// What executions did, taken from their histories: how often each way of a Choice was gone, how long tasks took and how
// they failed, how many items a Map had.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/cost/assumptions.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

class Observations {
 public:
  /// Adds an execution: what GetExecutionHistory answers, {"events": […]}, in any order, or an object with the same
  /// list under "history", as `stepglass run` gives it. Gives what is wrong with it.
  std::optional<std::string> add(Node history);

  std::uint64_t executions() const { return executions_; }
  /// The first observed state that `machine` does not have; nothing when it has all.
  std::optional<std::string> unknown_state(const StateMachine& machine) const;

  /// Adds what was seen to the assumptions for the machine `name`, as observed, where nothing is assumed yet. States
  /// that `machine` does not have are left out.
  void assume(const StateMachine& machine, std::string_view name, Assumptions& into) const;

 private:
  struct Amount {
    std::uint64_t count = 0;
    double sum = 0;
    void add(double value);
    double mean() const { return sum / static_cast<double>(count); }
  };
  struct Seen {
    std::uint64_t visits = 0;
    std::map<std::string, std::uint64_t> next;  // of a Choice, by state
    std::uint64_t unmatched = 0;                // a Choice that no rule fitted
    std::uint64_t attempts = 0;
    std::map<std::string, std::uint64_t> errors;
    Amount seconds;  // of attempts and of waits
    Amount items;
  };

  std::map<std::string, Seen, std::less<>> states_;
  std::uint64_t executions_ = 0;
};

}  // namespace stepglass::analysis
