#pragma once
// Which choice rules can hold together, and which hold whenever others do. Claims only what is proved: comparisons of
// the same Variable with literals, joined by And, Or and Not. JSONPath comparisons do not hold for a value of another
// type, so that types are part of the reasoning.

#include <cstddef>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// Comparisons looked at for one state: enough for hundreds of rules.
inline constexpr std::size_t kMaxConditionSteps = 200'000;

class ConditionLogic {
 public:
  /// `steps` is how many comparisons and pairs of conditions may be looked at; behind them nothing is claimed.
  explicit ConditionLogic(std::size_t steps = kMaxConditionSteps) : steps_(steps) {}

  /// True when nothing more will be claimed: who compares all rules with each other can stop.
  bool is_spent() const { return steps_ == 0; }

  /// The two are written the same way.
  bool same(const Condition& a, const Condition& b);
  /// `b` holds whenever `a` does.
  bool implies(const Condition& a, const Condition& b);
  /// The two never hold together.
  bool exclude(const Condition& a, const Condition& b);
  /// `condition` never holds.
  bool is_contradiction(const Condition& condition);
  /// One of the two always holds, provided that the Variable is there where that matters.
  bool exhaust(const Condition& a, const Condition& b);

 private:
  bool step() { return steps_ > 0 && steps_-- > 0; }
  std::size_t steps_;
};

}  // namespace stepglass::analysis
