#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule missing_catch;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const bool fallible = std::holds_alternative<Task>(state.kind);
    if (!fallible || !state.catchers.empty() || scope.node(state).find("Catch")) continue;
    report.add(state.name_span, fmt::format("nothing catches the errors of state \"{}\"", display_word(state.name)))
        .help = "add a Catch";
  }
}

}  // namespace

const Rule missing_catch{
    .code = "ASL420",
    .name = "missing-catch",
    .severity = Severity::Info,
    .summary = "A state that can fail, without Catch.",
    .why = "Its failure ends the execution where it is, whatever was done before.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}],
    "End": true},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Fallback states\"",
    .check = check,
};

}  // namespace stepglass::analysis
