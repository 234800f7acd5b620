// What holds for the cost of every machine, tried on machines made by chance.

#include <fmt/format.h>

#include "analysis/cost/estimate.h"
#include "analysis/cost/scope_cost.h"
#include "engine/support/random.h"
#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"
#include "tests/support/sanitized.h"

namespace stepglass::analysis {
namespace {

// Fewer where each takes much longer.
#ifdef STEPGLASS_SANITIZED
constexpr int kMachines = 40;
#else
constexpr int kMachines = 300;
#endif
constexpr const char* kTask = R"("Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f")";

/// Scopes whose states lead forward, now and then back, and to tasks that are retried and caught.
class Maker {
 public:
  Maker(std::uint64_t seed, Assumptions& assumptions) : random_(seed), assumptions_(assumptions) {}

  /// {"StartAt": …, "States": {…}}
  std::string scope(std::size_t depth = 0) {
    const std::size_t first = next_;
    const std::size_t count = 2 + random_.below(6);
    next_ += count + 1;
    std::string text = fmt::format(R"({{"StartAt": "s{}", "States": {{)", first);
    for (std::size_t i = 0; i < count; ++i) {
      text += fmt::format(R"("s{}": {{{}}},)", first + i, state(first, i, count, depth));
    }
    return text + fmt::format(R"("s{}": {{"Type": "Succeed"}}}}}})", first + count);
  }

 private:
  void assume(const std::string& text) { REQUIRE_FALSE(add_assumption(text, assumptions_)); }

  std::string state(std::size_t first, std::size_t i, std::size_t count, std::size_t depth) {
    const std::string name = fmt::format("s{}", first + i);
    // Every state is reached: from the one before it.
    const std::string next = fmt::format("s{}", first + i + 1);
    const auto forward = [&] { return fmt::format("s{}", first + i + 1 + random_.below(count - i)); };
    switch (random_.below(depth < 2 ? 6 : 4)) {
      case 0:
        return fmt::format(R"("Type": "Wait", "Seconds": {}, "Next": "{}")", random_.below(100), next);
      case 1: {
        assume(fmt::format("{}.failure_rate={:.2f}", name, random_.fraction() * 0.5));
        return fmt::format(
            R"({}, "Next": "{}", "Retry": [{{"ErrorEquals": ["States.ALL"], "MaxAttempts": {}}}],
               "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "{}"}}])",
            kTask, next, random_.below(4), forward());
      }
      case 2: {
        // Back, with a way on that is likely enough.
        assume(fmt::format("{}.choices=[{:.2f}]", name, random_.fraction() * 0.6));
        if (random_.below(3) == 0) assume(fmt::format("{}.max_rounds={}", name, random_.below(5)));
        return fmt::format(
            R"("Type": "Choice", "Choices": [{{"Variable": "$.x", "IsPresent": true, "Next": "s{}"}}], "Default": "{}")",
            first + random_.below(i + 1), next);
      }
      case 3:
        return fmt::format(R"("Type": "Pass", "Next": "{}")", next);
      case 4:
        assume(fmt::format("{}.items={}", name, random_.below(6)));
        return fmt::format(R"("Type": "Map", "ItemProcessor": {}, "Next": "{}")", scope(depth + 1), next);
      default: {
        const std::string branch = scope(depth + 1);
        return fmt::format(R"("Type": "Parallel", "Branches": [{}, {}], "Next": "{}")", branch, scope(depth + 1), next);
      }
    }
  }

  Random random_;
  Assumptions& assumptions_;
  std::size_t next_ = 0;
};

Estimate estimated(const std::string& definition, const Assumptions& assumptions) {
  const Loaded loaded(definition);
  return estimate_cost(loaded.machine(), "m", definition.size(), assumptions);
}

void check_same(const Bounds& bounds, const Bounds& other, double more, double times = 1) {
  const auto fits = [&](double is, double was) {
    if (was == kUnbounded || is == kUnbounded) return is == was;
    return std::fabs(is - (was * times + more)) <= 1e-9 * std::max(1.0, is);
  };
  CHECK(fits(bounds.expected, other.expected));
  CHECK(fits(bounds.most, other.most));
  REQUIRE(bounds.least.has_value() == other.least.has_value());
  if (bounds.least) CHECK(fits(*bounds.least, *other.least));
}

TEST_CASE("a Parallel around one branch adds its own transition only", "[cost]") {
  for (int seed = 0; seed < kMachines; ++seed) {
    Assumptions assumptions;
    const std::string inner = Maker(static_cast<std::uint64_t>(seed), assumptions).scope();
    const Estimate bare = estimated(inner, assumptions);
    const Estimate wrapped = estimated(
        fmt::format(R"({{"StartAt": "P", "States": {{"P": {{"Type": "Parallel", "Branches": [{}], "End": true}}}}}})",
                    inner),
        assumptions);
    INFO(inner);
    check_same(wrapped.transitions, bare.transitions, 1);
    check_same(wrapped.seconds, bare.seconds, 0);
    CHECK(wrapped.fails == Approx(bare.fails));
  }
}

TEST_CASE("more items cost as many times the body", "[cost]") {
  for (int seed = 0; seed < kMachines; ++seed) {
    Assumptions assumptions;
    const std::string inner = Maker(static_cast<std::uint64_t>(seed), assumptions).scope();
    const auto map = [&](int items) {
      Assumptions own = assumptions;
      REQUIRE_FALSE(add_assumption(fmt::format("M.items={}", items), own));
      return estimated(
          fmt::format(R"({{"StartAt": "M", "States": {{"M": {{"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": {},
            "End": true}}}}}})",
                      inner),
          own);
    };
    const Estimate bare = estimated(inner, assumptions);
    INFO(inner);
    check_same(map(7).transitions, bare.transitions, 1, 7);
    check_same(map(7).seconds, bare.seconds, 0, 7);
    CHECK(map(0).transitions.most == 1);
  }
}

TEST_CASE("a chain costs the sum of what it is made of", "[cost]") {
  for (int seed = 0; seed < kMachines; ++seed) {
    Assumptions assumptions;
    Maker maker(static_cast<std::uint64_t>(seed), assumptions);
    const std::string first = maker.scope(), second = maker.scope();
    const auto around = [](const std::string& branch) {
      return fmt::format(R"("Type": "Parallel", "Branches": [{}])", branch);
    };
    const Estimate chain = estimated(fmt::format(R"({{"StartAt": "A", "States": {{"A": {{{}, "Next": "B"}},
                                       "B": {{{}, "End": true}}}}}})",
                                                 around(first), around(second)),
                                     assumptions);
    const Estimate a = estimated(first, assumptions), b = estimated(second, assumptions);
    INFO(first << second);
    // The second is run by those that did not fail in the first.
    CHECK(chain.transitions.expected ==
          Approx(1 + a.transitions.expected + (1 - a.fails) * (1 + b.transitions.expected)));
    CHECK(chain.seconds.expected == Approx(a.seconds.expected + (1 - a.fails) * b.seconds.expected));
  }
}

TEST_CASE("every execution ends in one way", "[cost]") {
  for (int seed = 0; seed < kMachines; ++seed) {
    Assumptions assumptions;
    const std::string text = Maker(static_cast<std::uint64_t>(seed), assumptions).scope();
    const Loaded loaded(text);
    CostContext context{assumptions, "m"};
    const auto cost = cost_of_machine(loaded.machine(), context);
    double out = 0;
    for (std::size_t e = 0; e < cost->chain.edges.size(); ++e) {
      if (cost->chain.edges[e].to >= cost->chain.vertex_count) out += cost->flows.edges[e];
    }
    INFO(text);
    CHECK(out == Approx(1));
    CHECK(context.settled);
  }
}

}  // namespace
}  // namespace stepglass::analysis
