// What changed between two estimates, and why.

#include "analysis/cost/compare.h"

#include "analysis/cost/chain.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

CostSummary summary(std::string name, std::vector<CostSummary::Row> rows) {
  CostSummary all;
  all.file = "a.json";
  all.name = std::move(name);
  all.type = "STANDARD";
  all.least = 1;
  all.per_month = 0;
  all.executions_per_month = 1000;
  all.rows = std::move(rows);
  for (const auto& row : all.rows) {
    all.expected += row.transitions;
    *all.per_month += *row.per_month;
  }
  all.most = all.expected;
  return all;
}

CostSummary::Row row(std::string state, double visits) {
  return {"", std::move(state), "Task", visits, visits, visits / 40};
}

TEST_CASE("the same is the same", "[cost]") {
  const auto comparison = compare_costs({summary("m", {row("A", 1)})}, {summary("m", {row("A", 1)})});
  CHECK_FALSE(comparison.changed());
  CHECK(comparison.increase() == 0.0);
}

TEST_CASE("a new state, more visits and one that is gone are the reasons, largest first", "[cost]") {
  const auto comparison = compare_costs({summary("m", {row("A", 1), row("B", 2), row("C", 1)})},
                                        {summary("m", {row("A", 1), row("B", 3), row("D", 8)})});
  REQUIRE(comparison.machines.size() == 1);
  const CostChange& change = comparison.machines[0];
  CHECK(change.kind == CostChange::Kind::Changed);
  CHECK(change.reasons ==
        std::vector<std::string>{"new Task \"D\": +8", "\"B\" (2 → 3 visits): +1", "Task \"C\" is gone: -1"});
  CHECK(change.difference() == Approx(8.0 / 40));
}

TEST_CASE("machines come and go, and move to another file", "[cost]") {
  CostSummary moved = summary("moved", {row("A", 1)});
  moved.file = "b.json";
  const auto comparison = compare_costs({summary("old", {row("A", 2)}), summary("moved", {row("A", 1)})},
                                        {summary("new", {row("A", 4)}), moved});
  REQUIRE(comparison.machines.size() == 3);
  CHECK(comparison.machines[0].kind == CostChange::Kind::Added);
  CHECK(comparison.machines[1].kind == CostChange::Kind::Removed);
  CHECK(comparison.machines[2].kind == CostChange::Kind::Same);
  CHECK(comparison.before == Approx(3.0 / 40));
  CHECK(comparison.after == Approx(5.0 / 40));
}

TEST_CASE("another type, region or price is a reason", "[cost]") {
  CostSummary before = summary("m", {row("A", 1)}), after = before;
  before.region = "us-east-1";
  before.usd_per_thousand_transitions = 0.025;
  after.type = "EXPRESS";
  after.region = "eu-west-1";
  after.per_month = 7;
  const auto comparison = compare_costs({before}, {after});
  REQUIRE(comparison.machines[0].kind == CostChange::Kind::Changed);
  CHECK(comparison.machines[0].reasons == std::vector<std::string>{"STANDARD → EXPRESS", "region us-east-1 → eu-west-1",
                                                                   "1,000 transitions $0.025 → unknown"});
}

TEST_CASE("a machine without an estimate any more is broken, and not gone", "[cost]") {
  const CostSummary whole = summary("m", {row("A", 1)});
  CostSummary broken;
  broken.file = whole.file;
  broken.name = whole.name;
  broken.reason = "StartAt names no state";
  const auto comparison = compare_costs({whole}, {broken});
  REQUIRE(comparison.machines.size() == 1);
  CHECK(comparison.machines[0].kind == CostChange::Kind::Broken);
  CHECK_FALSE(comparison.machines[0].difference());
  CHECK(comparison.before == comparison.after);
  CHECK(compare_costs({broken}, {whole}).machines[0].kind == CostChange::Kind::Mended);
  CHECK_FALSE(compare_costs({broken}, {broken}).changed());
}

TEST_CASE("what becomes unbounded is a change without a sum", "[cost]") {
  CostSummary after = summary("m", {row("A", 1)});
  after.most = kUnbounded;
  const auto comparison = compare_costs({summary("m", {row("A", 1)})}, {after});
  CHECK(comparison.changed());
  CHECK(comparison.machines[0].difference() == 0.0);
}

}  // namespace
}  // namespace stepglass::analysis
