#include "analysis/rules/check.h"
#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

extern const Rule default_never_taken;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice) continue;
    ConditionLogic logic;

    if (!choice->default_next) continue;
    bool found = false;
    for (std::size_t i = 1; i < choice->choices.size() && !found && !logic.is_spent(); ++i) {
      for (std::size_t j = 0; j < i && !found && !logic.is_spent(); ++j) {
        found = logic.exhaust(choice->choices[i].condition, choice->choices[j].condition);
      }
    }
    if (found) {
      report.add(choice->default_next->span, "one of the rules always holds, so the Default is never taken").help =
          "leave the Default out, or one of the two rules that exclude each other";
    }
  }
}

}  // namespace

const Rule default_never_taken{
    .code = "ASL214",
    .name = "default-never-taken",
    .severity = Severity::Info,
    .summary = "A Default behind rules that leave no case.",
    .why = "One of the rules always holds, so that nothing is left for the Default.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.x", "IsPresent": true, "Next": "B"},
    {"Variable": "$.x", "IsPresent": false, "Next": "C"}], "Default": "D"},
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
