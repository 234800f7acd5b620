// What a definition says of itself, so that nobody has to assume it.

#include "analysis/cost/derive.h"

#include <fmt/format.h>

#include "tests/analysis/cost/fixture.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

constexpr const char* kTask = R"("Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f")";

/// What is derived for a field of a state.
std::optional<double> derived(const Loaded& loaded, std::string_view state,
                              std::optional<Assumed<double>> StateAssumptions::*field, Assumptions assumptions = {}) {
  const MachineView view(loaded.document(), loaded.machine());
  derive_assumptions(view, "m", assumptions);
  const auto* found = find_assumption(assumptions, "m", state, field);
  if (!found || found->origin != Origin::Derived) return std::nullopt;
  return found->value;
}

/// A loop that looks first: `condition` lets it go on.
std::string looks_first(std::string_view condition, std::string_view start, std::string_view step) {
  return fmt::format(R"json({{"StartAt": "Init", "States": {{
    "Init": {{"Type": "Pass", "Result": {{"i": {}}}, "ResultPath": "$.c", "Next": "More"}},
    "More": {{"Type": "Choice", "Choices": [{{"Variable": "$.c.i", {}, "Next": "Work"}}], "Default": "Done"}},
    "Work": {{{}, "ResultPath": null, "Next": "Count"}},
    "Count": {{"Type": "Pass", "Parameters": {{"i.$": "States.MathAdd($.c.i, {})"}}, "ResultPath": "$.c", "Next": "More"}},
    "Done": {{"Type": "Succeed"}}}}}})json",
                     start, condition, kTask, step);
}

TEST_CASE("a loop that counts to a constant goes round so often", "[cost]") {
  CHECK(derived(Loaded(looks_first(R"("NumericLessThan": 5)", "0", "1")), "More", &StateAssumptions::rounds) == 5.0);
  CHECK(derived(Loaded(looks_first(R"("NumericLessThanEquals": 5)", "0", "1")), "More", &StateAssumptions::rounds) ==
        6.0);
  CHECK(derived(Loaded(looks_first(R"("NumericLessThan": 5)", "0", "2")), "More", &StateAssumptions::rounds) == 3.0);
  CHECK(derived(Loaded(looks_first(R"("NumericGreaterThan": 0)", "9", "-3")), "More", &StateAssumptions::rounds) ==
        3.0);
  CHECK(derived(Loaded(looks_first(R"("NumericLessThan": 5)", "7", "1")), "More", &StateAssumptions::rounds) == 0.0);
}

TEST_CASE("a number that runs away from the constant is told by nobody", "[cost]") {
  const Loaded away(looks_first(R"("NumericLessThan": 5)", "0", "-1"));
  CHECK_FALSE(derived(away, "More", &StateAssumptions::rounds));
  CHECK_FALSE(derived(away, "More", &StateAssumptions::max_rounds));
}

/// A loop of variables that counts before its Choice looks; `rules` of the Choice.
std::string counts_first(std::string_view rules) {
  return fmt::format(R"({{"QueryLanguage": "JSONata", "StartAt": "Init", "States": {{
    "Init": {{"Type": "Pass", "Assign": {{"n": 0}}, "Next": "Work"}},
    "Work": {{{}, "Assign": {{"n": "{{% $n + 1 %}}"}}, "Next": "More"}},
    "More": {{"Type": "Choice", "Choices": [{}], "Default": "Sleep"}},
    "Sleep": {{"Type": "Wait", "Seconds": 3, "Next": "Work"}},
    "Done": {{"Type": "Succeed"}}}}}})",
                     kTask, rules);
}

TEST_CASE("a loop that counts before it looks stays once less", "[cost]") {
  const Loaded loaded(counts_first(R"({"Condition": "{% $n >= 10 %}", "Next": "Done"})"));
  CHECK(derived(loaded, "More", &StateAssumptions::rounds) == 9.0);
}

TEST_CASE("a loop with another way out has a most", "[cost]") {
  const Loaded loaded(counts_first(
      R"({"Condition": "{% $states.input.ok = true %}", "Next": "Done"}, {"Condition": "{% $n >= 10 %}", "Next": "Done"})"));
  CHECK_FALSE(derived(loaded, "More", &StateAssumptions::rounds));
  CHECK(derived(loaded, "More", &StateAssumptions::max_rounds) == 9.0);
}

TEST_CASE("a Map over a list that is there has so many items", "[cost]") {
  const Loaded loaded(R"({"QueryLanguage": "JSONata", "StartAt": "M", "States": {
    "M": {"Type": "Map", "Items": ["a", "b", "c"], "Next": "N",
      "ItemProcessor": {"StartAt": "X", "States": {"X": {"Type": "Pass", "End": true}}}},
    "N": {"Type": "Map", "Items": "{% [1..7] %}", "Next": "O",
      "ItemProcessor": {"StartAt": "Y", "States": {"Y": {"Type": "Pass", "End": true}}}},
    "O": {"Type": "Map", "Items": "{% $states.input.list %}", "End": true,
      "ItemProcessor": {"StartAt": "Z", "States": {"Z": {"Type": "Pass", "End": true}}}}}})");
  CHECK(derived(loaded, "M", &StateAssumptions::items) == 3.0);
  CHECK(derived(loaded, "N", &StateAssumptions::items) == 7.0);
  CHECK_FALSE(derived(loaded, "O", &StateAssumptions::items));
}

TEST_CASE("what somebody assumes is not derived", "[cost]") {
  const Loaded loaded(counts_first(R"({"Condition": "{% $n >= 10 %}", "Next": "Done"})"));
  Assumptions assumptions;
  REQUIRE_FALSE(add_assumption("More.max_rounds=2", assumptions));
  CHECK_FALSE(derived(loaded, "More", &StateAssumptions::rounds, assumptions));
}

}  // namespace
}  // namespace stepglass::analysis
