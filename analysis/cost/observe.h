#pragma once
// What executions did, taken from their histories: how often each way of a Choice was gone, how long tasks took and how
// they failed, how many items a Map had.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cost/assumptions.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

class Observations {
 public:
  /// Adds an execution: what GetExecutionHistory answers, {"events": […]}, in any order, or an object with the same
  /// list under "history", as `stepglass run` gives it. Gives what is wrong with it.
  std::optional<std::string> add(Node history);

  std::size_t executions() const { return histories_.size(); }
  /// The states that the execution of that number, from 0, was in; by name.
  std::vector<std::string_view> states_of(std::size_t execution) const;

  /// Adds what was seen to the assumptions for the machine `name`, as observed, where nothing is assumed yet.
  /// Executions that were in a state that `machine` does not have are those of another one.
  void assume(const StateMachine& machine, std::string_view name, Assumptions& into) const;

 private:
  struct Amount {
    std::uint64_t count = 0;
    double sum = 0;
    void add(double value) { *this = {count + 1, sum + value}; }
    void add(const Amount& other) { *this = {count + other.count, sum + other.sum}; }
    double mean() const { return sum / static_cast<double>(count); }
  };
  struct Seen {
    std::uint64_t visits = 0;
    std::map<std::string, std::uint64_t> next;  // of a Choice, by state
    std::uint64_t unmatched = 0;                // a Choice that no rule fitted
    std::uint64_t attempts = 0;                 // that have ended
    std::map<std::string, std::uint64_t> errors;
    Amount seconds;  // of attempts and of waits
    Amount items;
    void add(const Seen& other);
  };
  using States = std::map<std::string, Seen, std::less<>>;

  std::vector<States> histories_;
};

}  // namespace stepglass::analysis
