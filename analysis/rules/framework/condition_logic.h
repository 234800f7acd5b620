#pragma once
// Which choice rules can hold together, and which hold whenever others do. Claims only what is proved: comparisons of
// the same Variable with literals, joined by And, Or and Not. JSONPath comparisons do not hold for a value of another
// type, so that types are part of the reasoning.

#include <cstddef>

#include "engine/model/state.h"

namespace stepglass::analysis {

class ConditionLogic {
 public:
  /// `steps` is how many comparisons may be looked at; behind them nothing is claimed.
  explicit ConditionLogic(std::size_t steps) : steps_(steps) {}

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
