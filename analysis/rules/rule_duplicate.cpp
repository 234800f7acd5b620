#include "analysis/rules/check.h"
#include "analysis/rules/framework/condition_logic.h"

namespace stepglass::analysis {

extern const Rule rule_duplicate;

namespace {

/// An expression that may give something else the next time.
bool changes(const Condition& condition) {
  const auto* field = std::get_if<JsonataField>(&condition.content);
  if (!field || !field->written.is_string()) return false;
  const std::string_view text = field->written.as_string();
  for (const std::string_view word : {"$random", "$now", "$millis", "$uuid", "$shuffle"}) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice) continue;
    ConditionLogic logic;

    for (std::size_t i = 1; i < choice->choices.size() && !report.is_full() && !logic.is_spent(); ++i) {
      if (changes(choice->choices[i].condition)) continue;
      for (std::size_t j = 0; j < i && !logic.is_spent(); ++j) {
        if (!logic.same(choice->choices[i].condition, choice->choices[j].condition)) continue;
        Finding& finding =
            report.add(choice->choices[i].span, fmt::format("rule {} has the same condition as rule {}", i + 1, j + 1));
        finding.help = "change one of the two conditions, or delete this rule";
        finding.related.push_back({choice->choices[j].span, fmt::format("rule {}", j + 1)});
        break;
      }
    }
  }
}

}  // namespace

const Rule rule_duplicate{
    .code = "ASL210",
    .name = "rule-duplicate",
    .severity = Severity::Warning,
    .summary = "A choice rule with the same condition as an earlier one.",
    .why = "The earlier one takes every case, so this one never does.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [
    {"Variable": "$.x", "StringEquals": "a", "Next": "B"},
    {"Variable": "$.x", "StringEquals": "a", "Next": "C"}], "Default": "D"},
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
