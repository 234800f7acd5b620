// Flows and extremes of chains, against sums worked out by hand.

#include "analysis/cost/chain.h"

#include "analysis/cost/expected_flows.h"
#include "analysis/cost/extremes.h"
#include "engine/support/random.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

Chain chain_of(std::uint32_t vertices, std::vector<ChainEdge> edges, std::vector<ChainBound> bounds = {}) {
  Chain chain;
  chain.vertex_count = vertices;
  chain.exit_count = 1;
  chain.edges = std::move(edges);
  chain.bounds = std::move(bounds);
  index_edges(chain);
  return chain;
}

TEST_CASE("a chain without loops hands on what it got", "[cost]") {
  // 0 -> 1 (30 %) or 2 (70 %); both to the exit 3.
  const Flows flows = expected_flows(chain_of(3, {{0, 1, 0.3}, {0, 2, 0.7}, {1, 3, 1}, {2, 3, 1}}), 0);
  CHECK(flows.visits[0] == 1);
  CHECK(flows.visits[1] == Approx(0.3));
  CHECK(flows.visits[2] == Approx(0.7));
  CHECK(flows.edges[2] + flows.edges[3] == Approx(1));
}

TEST_CASE("a loop is gone round as often as its way out allows", "[cost]") {
  // 0 -> 1 -> 0 (90 %) or out.
  const Flows flows = expected_flows(chain_of(2, {{0, 1, 1}, {1, 0, 0.9}, {1, 2, 0.1}}), 0);
  CHECK(flows.visits[0] == Approx(10));
  CHECK(flows.edges[2] == Approx(1));

  SECTION("also when the way out is hardly ever taken") {
    const double p = 1e-12;
    const Flows rare = expected_flows(chain_of(2, {{0, 1, 1}, {1, 0, 1 - p}, {1, 2, p}}), 0);
    CHECK(rare.visits[0] == Approx(1e12).epsilon(1e-9));
  }
  SECTION("and without end when there is none") {
    CHECK(expected_flows(chain_of(2, {{0, 1, 1}, {1, 0, 1}, {1, 2, 0}}), 0).visits[0] == kUnbounded);
  }
}

TEST_CASE("a bound ends a loop: the last visit goes out by the ways out alone", "[cost]") {
  // 0 is the head: 80 % into 1, which comes back; 15 % to exit by edge 1, 5 % by edge 2.
  const Chain chain = chain_of(2, {{0, 1, 0.8}, {0, 2, 0.15}, {0, 2, 0.05}, {1, 0, 1}}, {{0, 3, false}});
  const Flows flows = expected_flows(chain, 0);
  CHECK(flows.visits[1] == Approx(0.8 + 0.64 + 0.512));
  CHECK(flows.visits[0] == Approx(1 + 0.8 + 0.64 + 0.512));
  CHECK(flows.edges[1] / flows.edges[2] == Approx(3));
  CHECK(flows.edges[1] + flows.edges[2] == Approx(1));
  REQUIRE(flows.loops.size() == 1);
  CHECK(flows.loops[0].head == 0);

  SECTION("an exact one goes round exactly so often") {
    Chain exact = chain;
    exact.bounds[0].exact = true;
    const Flows counted = expected_flows(exact, 0);
    CHECK(counted.visits[1] == Approx(3));
    CHECK(counted.visits[0] == Approx(4));
  }
  SECTION("none of it with a bound of 0") {
    Chain none = chain;
    none.bounds[0].rounds = 0;
    CHECK(expected_flows(none, 0).visits[1] == 0);
  }
}

TEST_CASE("bounded loops inside of bounded loops are counted anew each time", "[cost]") {
  // 0 -> 1 (half) or out; 1 -> 2 (half) or back to 0; 2 -> 1. Outer bound 2, inner bound 1.
  const Chain chain =
      chain_of(3, {{0, 1, 0.5}, {0, 3, 0.5}, {1, 2, 0.5}, {1, 0, 0.5}, {2, 1, 1}}, {{0, 2, false}, {1, 1, false}});
  const Flows flows = expected_flows(chain, 0);
  // Each time the outer loop is entered: one visit of 1, half of them one of 2 and a second of 1, then always back.
  const double entered = 0.5 + 0.25;
  CHECK(flows.visits[2] == Approx(entered * 0.5));
  CHECK(flows.visits[1] == Approx(entered * 1.5));
  CHECK(flows.visits[0] == Approx(1 + entered));
  CHECK(flows.loops.size() == 2);
}

TEST_CASE("what goes into a chain comes out of it", "[cost]") {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    const auto n = static_cast<std::uint32_t>(2 + random.below(30));
    std::vector<ChainEdge> edges;
    std::vector<ChainBound> bounds;
    for (std::uint32_t v = 0; v < n; ++v) {
      const std::size_t ways = 1 + random.below(4);
      std::vector<double> shares;
      double sum = 0;
      for (std::size_t i = 0; i <= ways; ++i) sum += shares.emplace_back(random.fraction() + 0.01);
      for (std::size_t i = 0; i < ways; ++i) {
        edges.push_back({v, static_cast<std::uint32_t>(random.below(n)), shares[i] / sum});
      }
      edges.push_back({v, n, shares[ways] / sum});
      if (random.below(4) == 0) bounds.push_back({v, static_cast<double>(random.below(5)), random.below(3) == 0});
    }
    const Chain chain = chain_of(n, edges, bounds);
    const Flows flows = expected_flows(chain, 0);
    double out = 0;
    for (std::size_t e = 0; e < chain.edges.size(); ++e) {
      if (chain.edges[e].to == n) out += flows.edges[e];
    }
    INFO("round " << round);
    CHECK(out == Approx(1).epsilon(1e-9));
  }
}

TEST_CASE("the dearest way takes the longer arm and all rounds, the cheapest none", "[cost]") {
  // 0 -> 1 -> 0 at most 20 times, out from 0 directly or over 2.
  Chain chain = chain_of(3, {{0, 1, 0.4}, {0, 3, 0.3}, {0, 2, 0.3}, {1, 0, 1}, {2, 3, 1}}, {{0, 20, false}});
  const std::vector<double> weights{1, 1, 1, 1, 1};
  const Extreme most = dearest_ways(chain, 0, weights);
  CHECK(most.at_exit[0] == 42);
  REQUIRE(most.paths[0].size() == 2);
  CHECK(most.paths[0][0].times == 20);
  CHECK(most.paths[0][1].edges == std::vector<std::uint32_t>{2, 4});
  CHECK(cheapest_ways(chain, 0, weights).at_exit[0] == 1);

  SECTION("exactly so many rounds are gone by the cheapest, too") {
    chain.bounds[0].exact = true;
    CHECK(cheapest_ways(chain, 0, weights).at_exit[0] == 41);
    CHECK(dearest_ways(chain, 0, weights).at_exit[0] == 42);
  }
  SECTION("without a bound there is no dearest") {
    chain.bounds.clear();
    CHECK(dearest_ways(chain, 0, weights).at_exit[0] == kUnbounded);
    CHECK(cheapest_ways(chain, 0, weights).at_exit[0] == 1);
  }
  SECTION("a loop that costs nothing has one") {
    chain.bounds.clear();
    CHECK(dearest_ways(chain, 0, {0, 5, 1, 0, 1}).at_exit[0] == 5);
  }
}

TEST_CASE("a component too entangled for rows is eliminated as a matrix, with the same sums", "[cost]") {
  // Everyone leads to everyone and, rarely, out.
  const std::uint32_t n = 120;
  std::vector<ChainEdge> edges;
  for (std::uint32_t v = 0; v < n; ++v) {
    for (std::uint32_t to = 0; to < n; ++to) edges.push_back({v, to, 0.99 / n});
    edges.push_back({v, n, 0.01});
  }
  const Flows flows = expected_flows(chain_of(n, edges), 0);
  double sum = 0;
  for (const double visits : flows.visits) sum += visits;
  CHECK(sum == Approx(100));
  CHECK(flows.visits[5] == Approx(99.0 / n));
  CHECK(flows.settled);
}

}  // namespace
}  // namespace stepglass::analysis
