// The sums of the closed form against executions that the interpreter plays: the same question answered by code that
// shares nothing with them but what is assumed.

#include "analysis/cost/simulate.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "analysis/cost/estimate.h"
#include "analysis/sources/files/parallel.h"
#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"
#include "tests/support/sanitized.h"

namespace stepglass::analysis {
namespace {

// Standard errors that a mean may be off: one of 370 is farther than three by chance. The seed is fixed, so that either
// always happens or never.
#ifdef STEPGLASS_SANITIZED
constexpr std::uint64_t kExecutions = 500;
constexpr double kErrors = 5;
#else
constexpr std::uint64_t kExecutions = 100'000;
constexpr double kErrors = 3;
#endif

struct Machine {
  std::string name;
  std::string definition;
  std::vector<std::string> assume;
  bool time = true;      // the closed form knows its time
  bool stopped = false;  // the closed form counts what failures stop
};

std::vector<Machine> machines() {
  std::ifstream in(STEPGLASS_SOURCE_DIR "/tests/analysis/cost/machines.md");
  std::vector<Machine> all;
  bool in_json = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) {
      all.emplace_back().name = line.substr(3);
    } else if (line.starts_with("```")) {
      in_json = !in_json;
    } else if (in_json) {
      all.back().definition += line + '\n';
    } else if (line.starts_with("* `")) {
      all.back().assume.push_back(line.substr(3, line.size() - 4));
    } else if (line == "* bound: time") {
      all.back().time = false;
    } else if (line == "* bound: stopped") {
      all.back().stopped = true;
    }
  }
  return all;
}

SimulateOptions on_all_cores(std::uint64_t executions) {
  SimulateOptions options;
  options.executions = executions;
  options.for_each = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    for_each_index(count, 0, work);
  };
  return options;
}

/// A mean against what is expected: within so many standard errors, or within what rounding leaves where nothing
/// varies.
bool agrees(const Distribution& distribution, double expected) {
  return std::fabs(distribution.mean - expected) <=
         kErrors * distribution.standard_error + 1e-9 * std::max(1.0, std::fabs(expected));
}

TEST_CASE("the closed form agrees with executions that are played", "[cost]") {
  const std::vector<Machine> all = machines();
  REQUIRE(all.size() >= 60);
  std::size_t met_least = 0, met_most = 0;
  for (const Machine& machine : all) {
    INFO(machine.name);
    const Loaded loaded(machine.definition);
    Assumptions assumptions;
    for (const std::string& text : machine.assume) {
      const auto problem = add_assumption(text, assumptions);
      INFO(problem.value_or(""));
      REQUIRE_FALSE(problem);
    }
    const Estimate estimate = estimate_cost(loaded.machine(), "m", machine.definition.size(), assumptions);
    const auto simulated = simulate_cost(loaded.machine(), "m", assumptions, on_all_cores(kExecutions));
    INFO((simulated ? std::string() : simulated.error()));
    REQUIRE(simulated);

    const Distribution& transitions = simulated->transitions;
    INFO(fmt::format("transitions: expected {}, played {} ± {}", estimate.transitions.expected, transitions.mean,
                     transitions.standard_error));
    if (machine.stopped) {
      // What is counted too much is no more than what the estimate says.
      CHECK(estimate.stopped > 0);
      CHECK(transitions.mean <= estimate.transitions.expected + kErrors * transitions.standard_error);
      CHECK(transitions.mean >=
            estimate.transitions.expected - estimate.stopped - kErrors * transitions.standard_error);
    } else {
      CHECK(estimate.stopped == 0);
      CHECK(agrees(transitions, estimate.transitions.expected));
    }
    CHECK(agrees(simulated->child_requests, estimate.child_requests.expected));
    INFO(fmt::format("seconds: expected {}, played {} ± {}", estimate.seconds.expected, simulated->seconds.mean,
                     simulated->seconds.standard_error));
    if (machine.time) CHECK(agrees(simulated->seconds, estimate.seconds.expected));

    // No execution leaves the bounds.
    CHECK(transitions.least >= estimate.transitions.least.value_or(0));
    CHECK(transitions.most <= estimate.transitions.most);
    met_least += transitions.least == estimate.transitions.least;
    met_most += transitions.most == estimate.transitions.most;
    CHECK(simulated->seconds.least >= estimate.seconds.least.value_or(0) - 1e-9);
    CHECK(simulated->seconds.most <= estimate.seconds.most + 1e-9);

    // Those that fail.
    const double share = static_cast<double>(simulated->failed) / static_cast<double>(kExecutions);
    const double error = std::sqrt(estimate.fails * (1 - estimate.fails) / static_cast<double>(kExecutions));
    CHECK(std::fabs(share - estimate.fails) <= kErrors * error + 1e-9);
  }
  // Most bounds are met by some execution; the others take luck.
  if (kExecutions >= 100'000) {
    CHECK(met_least >= 60);
    CHECK(met_most >= 50);
  }
}

TEST_CASE("executions that tasks start are played, too", "[cost]") {
  const Loaded inner(R"({"StartAt": "A", "States": {"A": {"Type": "Choice",
    "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}, {"Variable": "$.y", "IsPresent": true,
    "Next": "F"}], "Default": "B"}, "B": {"Type": "Succeed"}, "F": {"Type": "Fail"}}})");
  const Loaded express(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})", MachineType::Express);
  const Loaded outer(R"({"StartAt": "M", "States": {
    "M": {"Type": "Map", "Next": "Tell", "ItemProcessor": {"StartAt": "Run", "States": {
      "Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
        "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:inner"},
        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}]},
      "Sorry": {"Type": "Pass", "End": true}}}},
    "Tell": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "End": true,
      "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:express"}}}})");
  Assumptions assumptions;
  for (const char* text : {"M.items=3", "A.choices=[0.4,0.2]", "Run.failure_rate=0.2"}) {
    REQUIRE_FALSE(add_assumption(text, assumptions));
  }
  const auto machine_of = [&](std::string_view arn) -> std::optional<MachineAtHand> {
    if (arn.ends_with(":inner")) return MachineAtHand{"inner", &inner.machine(), 100};
    return MachineAtHand{"express", &express.machine(), 100};
  };
  EstimateOptions estimating;
  estimating.machine_of = machine_of;
  const Estimate estimate = estimate_cost(outer.machine(), "m", 1000, assumptions, estimating);
  SimulateOptions options = on_all_cores(kExecutions);
  options.machine_of = machine_of;
  const auto simulated = simulate_cost(outer.machine(), "m", assumptions, options);
  REQUIRE(simulated);
  INFO(fmt::format("expected {}, played {} ± {}", estimate.transitions.expected, simulated->transitions.mean,
                   simulated->transitions.standard_error));
  CHECK(agrees(simulated->transitions, estimate.transitions.expected));
  CHECK(agrees(simulated->child_requests, estimate.child_requests.expected));
  CHECK(simulated->child_requests.mean == 1);
  CHECK(simulated->transitions.least >= estimate.transitions.least.value_or(0));
}

TEST_CASE("a task gives up waiting for what it started", "[cost]") {
  const Loaded inner(R"({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 100, "End": true}}})");
  const Loaded outer(R"({"StartAt": "Run", "States": {
    "Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "TimeoutSeconds": 10, "End": true,
      "Parameters": {"StateMachineArn": "inner"}, "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 1}],
      "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Sorry"}]},
    "Sorry": {"Type": "Pass", "End": true}}})");
  const auto machine_of = [&](std::string_view) {
    return std::optional(MachineAtHand{"inner", &inner.machine(), 100});
  };
  EstimateOptions estimating;
  estimating.machine_of = machine_of;
  const Estimate estimate = estimate_cost(outer.machine(), "m", 1000, {}, estimating);
  SimulateOptions options;
  options.executions = 10;
  options.machine_of = machine_of;
  const auto simulated = simulate_cost(outer.machine(), "m", {}, options);
  REQUIRE(simulated);
  CHECK(estimate.transitions.expected == 5);
  CHECK(simulated->transitions.mean == 5);
  CHECK(estimate.seconds.expected == 21);
  CHECK(simulated->seconds.mean == 21);
  CHECK(estimate.seconds.least == 21.0);
  CHECK(estimate.fails == 0);
  CHECK(simulated->failed == 0);
}

TEST_CASE("how long a task waits for what it starts is not assumed", "[cost]") {
  const Loaded inner(R"({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 3, "End": true}}})");
  const Loaded outer(R"({"StartAt": "Run", "States": {"Run": {"Type": "Task", "TimeoutSeconds": 10, "End": true,
    "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": {"StateMachineArn": "inner"}}}})");
  const auto machine_of = [&](std::string_view) {
    return std::optional(MachineAtHand{"inner", &inner.machine(), 100});
  };
  Assumptions assumptions;
  REQUIRE_FALSE(add_assumption("Run.duration_seconds=50", assumptions));
  EstimateOptions estimating;
  estimating.machine_of = machine_of;
  const Estimate estimate = estimate_cost(outer.machine(), "m", 1000, assumptions, estimating);
  CHECK(estimate.seconds.expected == 3);
  CHECK(estimate.fails == 0);
  REQUIRE(estimate.notes.size() == 1);
  CHECK(estimate.notes[0] == "duration_seconds of \"Run\" has no effect: it takes as long as what it starts");
  SimulateOptions options;
  options.executions = 10;
  options.machine_of = machine_of;
  const auto simulated = simulate_cost(outer.machine(), "m", assumptions, options);
  REQUIRE(simulated);
  CHECK(simulated->seconds.mean == 3);
  CHECK(simulated->failed == 0);
}

TEST_CASE("the same seed plays the same executions, on however many threads", "[cost]") {
  const std::vector<Machine> all = machines();
  const Loaded loaded(all.front().definition);
  Assumptions assumptions;
  SimulateOptions alone;
  alone.executions = 3000;
  const auto once = simulate_cost(loaded.machine(), "m", assumptions, alone);
  const auto again = simulate_cost(loaded.machine(), "m", assumptions, on_all_cores(3000));
  REQUIRE(once);
  REQUIRE(again);
  CHECK(once->transitions.mean == again->transitions.mean);
  CHECK(once->transitions.p95 == again->transitions.p95);
  alone.seed = 2;
  CHECK(simulate_cost(loaded.machine(), "m", assumptions, alone)->transitions.mean != once->transitions.mean);
}

TEST_CASE("what cannot be played says why", "[cost]") {
  const Loaded endless(R"({"StartAt": "A", "States": {"A": {"Type": "Choice",
    "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "A"}], "Default": "B"}, "B": {"Type": "Succeed"}}})");
  Assumptions assumptions;
  REQUIRE_FALSE(add_assumption("A.choices=[1,0]", assumptions));
  SimulateOptions options;
  options.executions = 10;
  const auto never = simulate_cost(endless.machine(), "m", assumptions, options);
  REQUIRE_FALSE(never);
  CHECK(never.error().find("never left") != std::string::npos);
  REQUIRE_FALSE(add_assumption("A.choices=[0.9999999999999,0.0000000000001]", assumptions));
  CHECK_FALSE(simulate_cost(endless.machine(), "m", assumptions, options));
}

}  // namespace
}  // namespace stepglass::analysis
