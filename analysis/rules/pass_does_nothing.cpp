#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule pass_does_nothing;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (!std::holds_alternative<Pass>(state.kind) || !state.next) continue;
    bool plain = true;
    const Node node = scope.node(state);
    for (auto field = node.first_child(); field; field = field->next_sibling()) {
      const std::string_view key = field->key();
      plain = plain && (key == "Type" || key == "Next" || key == "Comment" || key == "QueryLanguage");
    }
    if (plain) {
      report.add(state.name_span, fmt::format("state \"{}\" changes nothing", display_word(state.name))).help =
          "leave it out";
    }
  }
}

}  // namespace

const Rule pass_does_nothing{
    .code = "ASL222",
    .name = "pass-does-nothing",
    .severity = Severity::Info,
    .summary = "A Pass that changes nothing.",
    .why = "It costs a transition.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": 1, "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "Amazon States Language, \"Pass State\"",
    .check = check,
};

}  // namespace stepglass::analysis
