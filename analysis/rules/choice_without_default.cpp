#include "analysis/rules/check.h"
#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

extern const Rule choice_without_default;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice) continue;
    ConditionLogic logic;

    if (choice->default_next || choice->choices.empty()) continue;
    bool found = false;
    for (std::size_t i = 1; i < choice->choices.size() && !found; ++i) {
      for (std::size_t j = 0; j < i && !found; ++j) {
        found = logic.exhaust(choice->choices[i].condition, choice->choices[j].condition);
      }
    }
    if (!found) {
      report.add(state.name_span, fmt::format("state \"{}\" has no Default", display_word(state.name))).help =
          "name the state for all other cases";
    }
  }
}

}  // namespace

const Rule choice_without_default{
    .code = "ASL215",
    .name = "choice-without-default",
    .severity = Severity::Info,
    .summary = "A Choice without Default whose rules may all fail.",
    .why = "The execution fails then: States.NoChoiceMatched in the specification, States.Runtime in the service.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "B"},
    {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "C"}], "Comment": "no Default"},
  "B": {"Type": "Succeed"},
  "C": {"Type": "Pass", "End": true}}})",
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
