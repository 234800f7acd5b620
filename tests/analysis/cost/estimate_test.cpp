// What machines cost, against sums worked out by hand.

#include "analysis/cost/estimate.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

Estimate estimated(const Loaded& loaded, std::initializer_list<const char*> assume = {}) {
  Assumptions assumptions;
  for (const char* text : assume) {
    const auto problem = add_assumption(text, assumptions);
    INFO(problem.value_or(""));
    REQUIRE_FALSE(problem);
  }
  return estimate_cost(loaded.machine(), "m", 1000, assumptions);
}

constexpr const char* kTask = R"("Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f")";

TEST_CASE("a chain costs the sum of its states", "[cost]") {
  const Loaded loaded(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
    "B": {"Type": "Wait", "Seconds": 5, "Next": "C"}, "C": {"Type": "Succeed"}}})");
  const Estimate estimate = estimated(loaded);
  CHECK(estimate.transitions.expected == 3);
  CHECK(estimate.transitions.least == 3.0);
  CHECK(estimate.transitions.most == 3);
  CHECK(estimate.seconds.expected == 5);
  CHECK(*estimate.per_month.expected == Approx(75));
  CHECK(estimate.ledger.size() == 3);
  CHECK(estimate.fails == 0);
}

TEST_CASE("a Parallel of one branch adds its own transition only", "[cost]") {
  const Loaded loaded(R"({"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}]}}})");
  const Estimate estimate = estimated(loaded);
  CHECK(estimate.transitions.expected == 3);
  CHECK(estimate.transitions.least == 3.0);
  CHECK(estimate.transitions.most == 3);
}

TEST_CASE("a Map costs its body for each item, Maps in Maps the product", "[cost]") {
  const Loaded loaded(R"({"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
    "StartAt": "N", "States": {"N": {"Type": "Map", "End": true, "ItemProcessor": {
      "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}}}}})");
  const Estimate estimate = estimated(loaded, {"M.items=3", "M.max_items=5", "N.items=4", "N.max_items=10"});
  CHECK(estimate.transitions.expected == 1 + 3 * (1 + 4));
  CHECK(estimate.transitions.least == 1.0);
  CHECK(estimate.transitions.most == 1 + 5 * (1 + 10));
  CHECK(estimated(loaded, {"M.items=6", "N.items=4"}).transitions.expected == 1 + 6 * (1 + 4));
}

TEST_CASE("retries are transitions, and a catcher goes on", "[cost]") {
  const Loaded loaded(fmt::format(R"({{"StartAt": "A", "States": {{
    "A": {{{}, "Next": "B", "Retry": [{{"ErrorEquals": ["X"], "MaxAttempts": 2}}],
      "Catch": [{{"ErrorEquals": ["X"], "Next": "C"}}]}},
    "B": {{"Type": "Succeed"}}, "C": {{"Type": "Pass", "Next": "D"}}, "D": {{"Type": "Fail"}}}}}})",
                                  kTask));
  const Estimate estimate = estimated(loaded, {"A.failure_rate=50 %"});
  CHECK(estimate.transitions.expected == Approx(1.75 + 0.875 + 2 * 0.125));
  CHECK(estimate.fails == Approx(0.125));
  CHECK(estimate.transitions.least == 2.0);
  CHECK(estimate.transitions.most == 5);
}

TEST_CASE("a loop is unbounded unless somebody bounds it", "[cost]") {
  const Loaded loaded(fmt::format(R"({{"StartAt": "A", "States": {{
    "A": {{{}, "Next": "C"}}, "C": {{"Type": "Choice", "Default": "W",
      "Choices": [{{"Variable": "$.done", "BooleanEquals": true, "Next": "E"}}]}},
    "W": {{"Type": "Wait", "Seconds": 30, "Next": "A"}}, "E": {{"Type": "Succeed"}}}}}})",
                                  kTask));
  CHECK(estimated(loaded).transitions.most == kUnbounded);
  CHECK(estimated(loaded).transitions.least == 3.0);
  const Estimate bounded = estimated(loaded, {"C.max_rounds=20", "C.choices=[0.25]"});
  CHECK(bounded.transitions.most == 20 * 3 + 3);
  CHECK(bounded.transitions.expected < 3 + 3 * 3);
  CHECK(estimated(loaded, {"C.choices=[0.25]"}).transitions.expected == Approx(3 + 3 * 3));
  CHECK(estimated(loaded, {"C.choices=[0]"}).transitions.expected == kUnbounded);
}

TEST_CASE("a loop that is never gone into has no part in the most", "[cost]") {
  const Loaded loaded(R"({"StartAt": "C", "States": {"C": {"Type": "Choice", "Default": "W",
    "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "E"}]},
    "W": {"Type": "Wait", "Seconds": 30, "Next": "C"}, "E": {"Type": "Succeed"}}})");
  CHECK(estimated(loaded).transitions.most == kUnbounded);
  CHECK(estimated(loaded, {"C.choices=[1,0]"}).transitions.most == 2);
}

TEST_CASE("numbers beyond what can be counted are told from those without end", "[cost]") {
  // Each of 60 steps goes back to the start with 90 %.
  std::string states;
  for (int i = 0; i < 60; ++i) {
    states +=
        fmt::format(R"("s{}": {{"Type": "Choice", "Choices": [{{"Variable": "$.x", "IsPresent": true, "Next": "s{}"}}],
      "Default": "s0"}},)",
                    i, i + 1);
  }
  const Loaded loaded(fmt::format(R"({{"StartAt": "s0", "States": {{{}"s60": {{"Type": "Succeed"}}}}}})", states));
  Assumptions assumptions;
  for (int i = 0; i < 60; ++i) REQUIRE_FALSE(add_assumption(fmt::format("s{}.choices=[0.1]", i), assumptions));
  const Estimate estimate = estimate_cost(loaded.machine(), "m", 1000, assumptions);
  CHECK(estimate.transitions.expected == kLargestAmount);
  CHECK(std::any_of(estimate.notes.begin(), estimate.notes.end(),
                    [](const std::string& note) { return note.starts_with("Numbers above"); }));
}

TEST_CASE("what cannot be an Express machine says why", "[cost]") {
  const Loaded loaded(R"({"StartAt": "A", "States": {
    "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": {"JobName": "j"}, "End": true}}})");
  REQUIRE(estimated(loaded).express.obstacles.size() == 1);
  CHECK(estimated(loaded).express.obstacles[0].find("\"A\"") != std::string::npos);
}

}  // namespace
}  // namespace stepglass::analysis
