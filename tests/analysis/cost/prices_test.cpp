// Prices and attempts, against AWS's example and sums worked out by hand.

#include "analysis/cost/prices.h"

#include "analysis/cost/assumptions.h"
#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

TEST_CASE("AWS's example of a month of Express executions", "[cost]") {
  // 100 million runs of 10 s at 64 MB: 62,500,000 GB-seconds, three tiers.
  const Prices prices = prices_of("us-east-1");
  CHECK(duration_cost(62'500'000, prices.gb_hours) == Approx(382.97).margin(0.01));
  CHECK(100e6 * *prices.per_million_requests / 1e6 == 100);
}

TEST_CASE("a month of transitions, with and without those that are free", "[cost]") {
  CHECK(transitions_cost(1e6, 0.025, false) == Approx(25));
  CHECK(transitions_cost(1e6, 0.025, true) == Approx(24.9));
  CHECK(transitions_cost(3999, 0.025, true) == 0);
  CHECK(prices_of("us-east-1").per_thousand_transitions == 0.025);
  CHECK_FALSE(prices_of("mars-north-1").per_thousand_transitions);
}

TEST_CASE("memory and duration are billed in whole steps", "[cost]") {
  CHECK(billed_memory_mb(62.85) == 64);
  CHECK(billed_memory_mb(64) == 64);
  CHECK(billed_memory_mb(64.01) == 128);
  CHECK(billed_memory_mb(0) == 64);
  CHECK(billed_seconds(0) == Approx(0.1));
  CHECK(billed_seconds(0.3) == Approx(0.3));
  CHECK(billed_seconds(0.301) == Approx(0.4));
}

TEST_CASE("a retrier tries as often as it may, then the catchers are asked", "[cost]") {
  const Loaded loaded(R"({"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true,
      "Retry": [{"ErrorEquals": ["X"], "IntervalSeconds": 1, "MaxAttempts": 2, "BackoffRate": 2}],
      "Catch": [{"ErrorEquals": ["X"], "Next": "B"}]},
    "B": {"Type": "Pass", "End": true}}})");
  const State& state = loaded.machine().scope.states[0];

  const Attempts attempts = attempts_of(state, {{"X", 0.5}});
  CHECK(attempts.expected == Approx(1 + 0.5 + 0.25));
  CHECK(attempts.caught[0] == Approx(0.125));
  CHECK(attempts.succeeds == Approx(0.875));
  CHECK(attempts.waiting_seconds == Approx(0.5 * 1 + 0.25 * 2));
  CHECK(attempts.uncaught.empty());

  const Attempts other = attempts_of(state, {{"Y", 0.25}});
  CHECK(other.expected == 1);
  REQUIRE(other.uncaught.size() == 1);
  CHECK(other.uncaught[0].probability == Approx(0.25));

  CHECK(most_retries(state).count == 2);
  CHECK(most_retries(state).waiting_seconds == 3);
  CHECK(least_retries_before(state, 0)->count == 2.0);
  CHECK(likely_error(state) == "X");
}

TEST_CASE("each of several retriers counts its own attempts", "[cost]") {
  const Loaded loaded(R"({"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true,
      "Retry": [{"ErrorEquals": ["X"], "MaxAttempts": 1}, {"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]}}})");
  const State& state = loaded.machine().scope.states[0];
  // x and y each one in four. Tried again after the first of each: 1; x, y; xy, yx.
  const Attempts attempts = attempts_of(state, {{"X", 0.25}, {"Y", 0.25}});
  CHECK(attempts.expected == Approx(1 + 0.5 + 0.125));
  CHECK(attempts.succeeds == Approx(0.5 * (1 + 0.5 + 0.125)));
  CHECK(attempts.succeeds + sum_of(attempts.uncaught) == Approx(1));
  CHECK(most_retries(state).count == 2);
}

TEST_CASE("assumptions are read with their places, and what is wrong is told", "[cost]") {
  Assumptions assumptions;
  const Document document = read_yaml("states:\n  A:\n    items: 4\n    failure_rate: 8 %\n");
  CHECK(read_assumptions(document, "cost.yaml", assumptions).empty());
  const auto* items = find_assumption(assumptions, "m", "A", &StateAssumptions::items);
  REQUIRE(items);
  CHECK(items->value == 4);
  CHECK(items->place == "cost.yaml:3");
  CHECK(find_assumption(assumptions, "m", "A", &StateAssumptions::failure_rate)->value == Approx(0.08));

  for (const char* wrong : {R"({"states": {"A": {"items": -1}}})", R"({"states": {"A": {"failure_rate": 1.5}}})",
                            R"({"states": {"A": {"items": "NaN"}}})", R"({"states": {"A": {"item": 3}}})",
                            R"({"states": {"A": {"choices": [0.7, 0.7]}}})", R"({"executions_per_month": "many"})",
                            R"({"states": 3})", R"([])"}) {
    INFO(wrong);
    Assumptions none;
    const auto problems = read_assumptions(read_json(wrong), "cost.json", none);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].span.end > problems[0].span.begin);
  }
  CHECK(add_assumption("A.items=7", assumptions) == std::nullopt);
  CHECK(find_assumption(assumptions, "m", "A", &StateAssumptions::items)->value == 7);
  CHECK(add_assumption("A.items=-7", assumptions));
  CHECK(add_assumption("items", assumptions));
  CHECK(*parse_executions("1M/month") == 1e6);
  CHECK(*parse_executions("500/day") == 15000);
  CHECK_FALSE(parse_executions("-3"));
}

TEST_CASE("delays of very many retries are summed up at once", "[cost]") {
  const auto waiting = [](const char* more) {
    const Loaded loaded(fmt::format(R"({{"StartAt": "A", "States": {{"A": {{"Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true,
      "Retry": [{{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 99999999, {}}}]}}}}}})",
                                    more));
    return most_retries(loaded.machine().scope.states[0]).waiting_seconds;
  };
  CHECK(waiting(R"("BackoffRate": 1)") == 99999999);
  CHECK(waiting(R"("BackoffRate": 2, "MaxDelaySeconds": 60)") == Approx(63 + (99999999 - 6) * 60.0));
  // 1.01^n comes to 60 at n = 411.5; before, the row sums up to (1.01^412 - 1) / 0.01.
  CHECK(waiting(R"("BackoffRate": 1.01, "MaxDelaySeconds": 60)") ==
        Approx(5931 + (99999999 - 412) * 60.0).epsilon(1e-6));
}

TEST_CASE("a file of comments alone assumes nothing", "[cost]") {
  Assumptions half;
  CHECK_FALSE(add_assumption("A.failure_rate=.5", half));
  CHECK(half.all.states["A"].failure_rate->value == 0.5);
  Assumptions assumptions;
  CHECK(read_assumptions(read_yaml("# region: us-east-1\n#states:\n"), "cost.yaml", assumptions).empty());
  CHECK_FALSE(assumptions.region);
}

}  // namespace
}  // namespace stepglass::analysis
