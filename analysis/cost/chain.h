#pragma once
// A Markov chain that ends: what a scope becomes when every way out of a state has a probability and a cost. Knows
// numbers only; scope_cost.h makes one of a scope. What is expected of it stands in expected_flows.h, what it takes at
// least and at most in extremes.h.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace stepglass::analysis {

/// Vertices 0 … vertex_count - 1 go on, those behind them are the exits: nobody leaves them.
struct ChainEdge {
  std::uint32_t from;
  std::uint32_t to;
  /// Of all that are at `from`; those of one vertex sum up to 1, or to less where the rest is nowhere to be found
  /// again.
  double probability;
};

/// That a loop goes round a limited number of times. Counted from when the loop is entered, and anew each time.
struct ChainBound {
  std::uint32_t vertex;
  /// How often `vertex` may be left by a way that stays in the loop; a whole number, at least 0. Afterwards it is left
  /// by the ways out alone, in the proportion of their probabilities.
  double rounds;
  /// The loop goes round exactly so often unless it is left elsewhere: before, `vertex` is never left by a way out.
  bool exact = false;
};

struct Chain {
  std::uint32_t vertex_count = 0;
  std::uint32_t exit_count = 0;
  std::vector<ChainEdge> edges;      // by their origin
  std::vector<std::uint32_t> first;  // by vertex: its first edge; and one more
  std::vector<ChainBound> bounds;    // one for a vertex at most

  std::span<const ChainEdge> out(std::uint32_t v) const {
    return std::span(edges).subspan(first[v], first[v + 1] - first[v]);
  }
};

/// Sets `first` of a chain whose edges stand by their origin.
void index_edges(Chain& chain);

/// How deeply bounded loops may stand inside each other. A bound further inside is not kept, so that the loop counts as
/// one without.
inline constexpr std::size_t kMaxBoundNesting = 16;

/// The strong components of the part of a chain that `vertices` are: `of` by vertex of the chain, others untouched. A
/// component that others lead to has the larger number. `members` are grouped by component, in its order.
struct ChainComponents {
  std::vector<std::uint32_t> members;
  std::vector<std::uint32_t> first;  // by component: into members; and one more

  std::size_t count() const { return first.size() - 1; }
  std::span<const std::uint32_t> component(std::size_t i) const {
    return std::span(members).subspan(first[i], first[i + 1] - first[i]);
  }
};

/// Finds components in parts of one chain. Linear in the part, with memory kept from call to call.
class ComponentFinder {
 public:
  /// `weights` by edge: those of negative weight are not there. Outlives this; empty: all edges are.
  explicit ComponentFinder(const Chain& chain, std::span<const double> weights = {});

  /// `inside` says by vertex which belong to the part: those whose value is `part`.
  ChainComponents find(std::span<const std::uint32_t> vertices, const std::vector<std::uint32_t>& inside,
                       std::uint32_t part);

 private:
  const Chain& chain_;
  std::span<const double> weights_;
  std::vector<std::uint32_t> number_, low_;
  std::vector<bool> on_stack_;
};

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

}  // namespace stepglass::analysis
