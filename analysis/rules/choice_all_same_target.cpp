#include <algorithm>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule choice_all_same_target;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* choice = std::get_if<stepglass::Choice>(&state.kind);
    if (!choice || !choice->default_next || choice->choices.empty() || state.assign || state.output) continue;
    const bool same = std::all_of(choice->choices.begin(), choice->choices.end(), [&](const ChoiceRule& rule) {
      return rule.next.state && rule.next.state == choice->default_next->state && !rule.assign && !rule.output;
    });
    if (!same) continue;
    report
        .add(state.name_span, fmt::format("state \"{}\" always goes to \"{}\"", display_word(state.name),
                                          display_word(choice->default_next->name)))
        .help = "leave it out, or change a target";
  }
}

}  // namespace

const Rule choice_all_same_target{
    .code = "ASL213",
    .name = "choice-all-same-target",
    .severity = Severity::Info,
    .summary = "A Choice that always goes to the same state.",
    .why = "It costs a transition and decides nothing.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "B"},
  "B": {"Type": "Succeed"}}})",
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
