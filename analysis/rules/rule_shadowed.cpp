#include "analysis/rules/check.h"
#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

extern const Rule rule_shadowed;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice) continue;
    ConditionLogic logic;

    for (std::size_t i = 1; i < choice->choices.size() && !report.is_full() && !logic.is_spent(); ++i) {
      const Condition& condition = choice->choices[i].condition;
      if (logic.is_contradiction(condition)) continue;
      for (std::size_t j = 0; j < i && !logic.is_spent(); ++j) {
        const Condition& earlier = choice->choices[j].condition;
        if (!logic.implies(condition, earlier)) continue;
        if (logic.same(condition, earlier)) break;  // rule-duplicate
        Finding& finding =
            report.add(choice->choices[i].span,
                       fmt::format("rule {} never decides: whenever it holds, rule {} holds, too", i + 1, j + 1));
        finding.help = "put the narrower condition first";
        finding.related.push_back({choice->choices[j].span, fmt::format("rule {} takes all of these cases", j + 1)});
        break;
      }
    }
  }
}

}  // namespace

const Rule rule_shadowed{
    .code = "ASL211",
    .name = "rule-shadowed",
    .severity = Severity::Warning,
    .summary = "A choice rule that an earlier one takes every case from.",
    .why = "Rules are tried in their order; what this one asks for, an earlier one has taken already. "
           "Comparisons of JSONPath are understood, of JSONata only those that are written alike.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.n", "NumericGreaterThan": 1, "Next": "B"},
    {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "C"}], "Default": "D"},
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
