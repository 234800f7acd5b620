#pragma once
// The least and the most that a way through a chain can cost, and such a way. Probabilities do not count.

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/cost/chain.h"

namespace stepglass::analysis {

struct PathPiece;
/// A way: its pieces in order.
using ChainPath = std::vector<PathPiece>;

/// Edges in order, or a round that is gone several times.
struct PathPiece {
  std::vector<std::uint32_t> edges;
  ChainPath round;  // empty for edges
  double times = 1;
};

struct Extreme {
  /// By exit: the cost of the extreme way there; nothing when there is none. kUnbounded when ways get ever dearer.
  std::vector<std::optional<double>> at_exit;
  /// By exit. Of an unbounded one: a way into the loop that has no end.
  std::vector<ChainPath> paths;
};

/// `weights` by edge: what leaving its origin on this way costs, up to kUnbounded. Negative: it is never taken.
/// The most: O(n + m) for each level of bounded loops; a loop without a bound is unbounded when a way round costs
/// anything. The least: O(m log n).
Extreme dearest_ways(const Chain& chain, std::uint32_t start, const std::vector<double>& weights);
Extreme cheapest_ways(const Chain& chain, std::uint32_t start, const std::vector<double>& weights);

}  // namespace stepglass::analysis
