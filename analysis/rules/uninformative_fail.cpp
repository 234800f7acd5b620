#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule uninformative_fail;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* fail = std::get_if<Fail>(&state.kind);
    if (!fail || fail->error.index() != 0 || fail->cause.index() != 0) continue;
    const Node node = scope.node(state);
    if (node.find("Error") || node.find("Cause") || node.find("ErrorPath") || node.find("CausePath")) continue;
    report.add(state.name_span, fmt::format("state \"{}\" fails without saying why", display_word(state.name))).help =
        "add Error and Cause";
  }
}

}  // namespace

const Rule uninformative_fail{
    .code = "ASL419",
    .name = "uninformative-fail",
    .severity = Severity::Info,
    .summary = "A Fail with neither Error nor Cause.",
    .why = "Nobody who looks at the execution learns why it failed, and no parent can tell this failure from others.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Fail", "Error": "NoStock"}}})",
    .source = "Amazon States Language, \"Fail State\"",
    .check = check,
};

}  // namespace stepglass::analysis
