#pragma once
// How often each way of a chain is expected to be taken: exact, by elimination, component by component.

#include <cstdint>
#include <vector>

#include "analysis/cost/chain.h"

namespace stepglass::analysis {

/// A loop with a bound, and what it consists of.
struct BoundedLoop {
  std::uint32_t head;
  std::vector<std::uint32_t> vertices;  // the head included
  double rounds;
  bool exact;
};

/// More than anybody counts to; numbers above are taken for this one.
inline constexpr double kTooOften = 1e16;

struct Flows {
  /// By edge: how often it is taken by one that starts at the start. kUnbounded where it is never left.
  std::vector<double> edges;
  /// By vertex: how often it is visited.
  std::vector<double> visits;
  /// The loops that bounds belong to; outer ones before those inside them.
  std::vector<BoundedLoop> loops;
  /// Vertices of bounds that have no effect: no way round leads over them, or no way out starts there.
  std::vector<std::uint32_t> idle_bounds;
  /// False when a component was too entangled to be eliminated and its iteration did not settle.
  bool settled = true;
};

/// `start` is a vertex. O(n + m) without loops; a loop takes the time of eliminating its states one by one, those with
/// the fewest ways first.
Flows expected_flows(const Chain& chain, std::uint32_t start);

}  // namespace stepglass::analysis
