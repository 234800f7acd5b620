#include "analysis/rules/check.h"
#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

extern const Rule rule_never_true;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice) continue;
    ConditionLogic logic;

    for (std::size_t i = 0; i < choice->choices.size() && !report.is_full(); ++i) {
      if (!logic.is_contradiction(choice->choices[i].condition)) continue;
      report.add(choice->choices[i].span, fmt::format("rule {} can never hold: its parts contradict each other", i + 1))
          .help = "join them by Or, or change one of them";
    }
  }
}

}  // namespace

const Rule rule_never_true{
    .code = "ASL212",
    .name = "rule-never-true",
    .severity = Severity::Warning,
    .summary = "A choice rule whose parts contradict each other.",
    .why = "It can hold for no value at all.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"And": [{"Variable": "$.n", "NumericGreaterThan": 5}, {"Variable": "$.n", "NumericLessThan": 3}], "Next": "B"},
    {"Variable": "$.n", "IsNull": true, "Next": "C"}], "Default": "D"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true},
  "D": {"Type": "Fail", "Error": "None"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "B"},
    {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "C"}], "Default": "D"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true},
  "D": {"Type": "Fail", "Error": "None"}}})",
    .source = "Amazon States Language, \"Choice State\"",
    .check = check,
};

}  // namespace stepglass::analysis
