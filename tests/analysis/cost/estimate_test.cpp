// What machines cost, against sums worked out by hand.

#include "analysis/cost/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

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

/// Machines that start each other, by their names.
class Family {
 public:
  void add(const std::string& name, std::string definition, MachineType type = MachineType::Standard) {
    members_.emplace(name, std::make_unique<Loaded>(std::move(definition), type));
  }
  Estimate estimate(const std::string& name, std::initializer_list<const char*> assume = {}) const {
    Assumptions assumptions;
    for (const char* text : assume) REQUIRE_FALSE(add_assumption(text, assumptions));
    EstimateOptions options;
    options.machine_of = [&](std::string_view arn) -> std::optional<MachineAtHand> {
      const auto at = members_.find(std::string(arn));
      if (at == members_.end()) return std::nullopt;
      return MachineAtHand{at->first, &at->second->machine(), 1000};
    };
    return estimate_cost(members_.at(name)->machine(), name, 1000, assumptions, options);
  }
  /// A task that starts `name`.
  static std::string start(const char* state, const char* name, const char* next, const char* how = "") {
    return fmt::format(R"("{}": {{"Type": "Task", "Resource": "arn:aws:states:::states:startExecution{}",
      "Parameters": {{"StateMachineArn": "{}"}}, {}}})",
                       state, how, name, next);
  }

 private:
  std::map<std::string, std::unique_ptr<Loaded>> members_;
};

constexpr const char* kTwoSteps =
    R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}})";
constexpr const char* kEnd = R"("End": true)";

Usd ledger_sum(const Estimate& estimate) {
  Usd sum = 0;
  for (const LedgerRow& row : estimate.ledger) sum += row.per_month.value_or(0);
  return sum;
}

TEST_CASE("what Express children and Express executions start is counted", "[cost]") {
  Family family;
  family.add("standard", kTwoSteps);
  family.add("express", R"({"StartAt": "S", "States": {)" + Family::start("S", "standard", kEnd) + "}}",
             MachineType::Express);
  family.add("root", R"({"StartAt": "M", "States": {"M": {"Type": "Map", "Next": "E", "ItemProcessor": {
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "S", "States": {)" +
                         Family::start("S", "standard", kEnd) + "}}}," + Family::start("E", "express", kEnd) + "}}");
  const Estimate root = family.estimate("root", {"M.items=10"});
  // Its own two, two in each of ten that children start, two by the Express execution.
  CHECK(root.transitions.expected == 2 + 10 * 2 + 2);
  CHECK(root.started_transitions.expected == 22);
  CHECK(root.child_requests.expected == 11);
  CHECK(*root.per_month.expected == Approx(ledger_sum(root)));

  const Estimate express = family.estimate("express");
  CHECK(express.transitions.expected == 3);
  CHECK(express.started_transitions.expected == 2);
  // Two transitions, a request, a second at 64 MB; the ledger has the same.
  CHECK(*express.per_month.expected == Approx(50 + 1 + 1e6 * 64 / 1024 * 0.06 / 3600));
  CHECK(*express.per_month.expected == Approx(ledger_sum(express)));
  CHECK(*express.as_standard_per_month == Approx(75));
}

TEST_CASE("machines that start many are worked out once each", "[cost]") {
  // Eight levels of sixteen starts each are four thousand million executions.
  Family family;
  for (int level = 0; level < 8; ++level) {
    std::string states;
    const std::string next = fmt::format("m{}", level + 1);
    for (int i = 0; i < 16; ++i) {
      const std::string on = i == 15 ? std::string(kEnd) : fmt::format(R"("Next": "s{}")", i + 1);
      states += (i > 0 ? "," : "") + Family::start(fmt::format("s{}", i).c_str(), next.c_str(), on.c_str());
    }
    family.add(fmt::format("m{}", level), R"({"StartAt": "s0", "States": {)" + states + "}}");
  }
  family.add("m8", kTwoSteps);
  const Estimate estimate = family.estimate("m0");
  CHECK(estimate.transitions.expected > std::pow(16, 8) * 2);
  CHECK(*estimate.per_month.expected == Approx(ledger_sum(estimate)));
  CHECK(estimate.ledger.size() == 8 * 16 + 2 + 8);
}

TEST_CASE("machines that start each other in a circle are told of", "[cost]") {
  Family family;
  family.add("a", R"({"StartAt": "S", "States": {)" + Family::start("S", "b", kEnd) + "}}");
  family.add("b", R"({"StartAt": "S", "States": {)" + Family::start("S", "a", kEnd) + "}}");
  const Estimate estimate = family.estimate("a");
  CHECK(estimate.transitions.expected == 2);
  CHECK(estimate.transitions.most == kUnbounded);
  REQUIRE(estimate.notes.size() == 1);
  CHECK(estimate.notes[0] == "State machines start each other in a circle; what \"a\" costs in it is not counted.");
}

TEST_CASE("an Express machine's ledger sums up to its month, free tier and GB tiers included", "[cost]") {
  const Loaded loaded(kTwoSteps, MachineType::Express);
  const Estimate express = estimated(loaded, {"executions_per_month=1000000000000"});
  CHECK(*express.per_month.expected == Approx(ledger_sum(express)));
  CHECK(express.ledger[0].type == "Execution");
  const Loaded standard(kTwoSteps);
  const Estimate free = estimated(standard, {"executions_per_month=10000", "free_tier=true"});
  CHECK(*free.per_month.expected == Approx(0.4));
  CHECK(ledger_sum(free) == Approx(0.4));
}

TEST_CASE("what surely fails has no way on", "[cost]") {
  const Loaded loaded(fmt::format(R"({{"StartAt": "A", "States": {{"A": {{{}, "Next": "B", "TimeoutSeconds": 5,
    "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "D"}}]}}, "B": {{"Type": "Pass", "Next": "C"}},
    "C": {{"Type": "Pass", "Next": "D"}}, "D": {{"Type": "Succeed"}}}}}})",
                                  kTask));
  for (const char* assume : {"A.failure_rate=1", "A.duration_seconds=7"}) {
    const Bounds transitions = estimated(loaded, {assume}).transitions;
    CHECK(transitions.least == 2.0);
    CHECK(transitions.expected == 2);
    CHECK(transitions.most == 2);
  }
}

TEST_CASE("numbers that nobody pays saturate", "[cost]") {
  const Loaded loaded(kTwoSteps);
  const Estimate estimate = estimated(loaded, {"executions_per_month=1e300"});
  CHECK(estimate.executions_per_month.value == kLargestAmount);
  CHECK(*estimate.per_month.expected <= kLargestAmount);
  CHECK(std::any_of(estimate.notes.begin(), estimate.notes.end(),
                    [](const std::string& note) { return note.starts_with("Numbers above"); }));
}

TEST_CASE("assumptions that have no effect, or do not sum up, are told", "[cost]") {
  const Loaded loaded(R"({"StartAt": "A", "States": {"A": {"Type": "Choice",
    "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "B"}], "Default": "B"}, "B": {"Type": "Pass",
    "End": true}}})");
  const auto notes = estimated(loaded, {"B.items=4", "A.duration_seconds=1", "A.choices=[0.2,0.3]"}).notes;
  CHECK(notes == std::vector<std::string>{"duration_seconds of \"A\" has no effect: it is a Choice state",
                                          "choices of \"A\" sum up to 0.5; they are taken in proportion",
                                          "items of \"B\" has no effect: it is a Pass state"});
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
