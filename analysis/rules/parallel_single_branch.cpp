#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule parallel_single_branch;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* parallel = std::get_if<Parallel>(&state.kind);
    if (!parallel || parallel->branches.size() != 1 || !state.catchers.empty() || !state.retry.empty()) continue;
    report.add(state.name_span, fmt::format("state \"{}\" has one branch only", display_word(state.name))).help =
        "put its states into the outer scope";
  }
}

}  // namespace

const Rule parallel_single_branch{
    .code = "ASL223",
    .name = "parallel-single-branch",
    .severity = Severity::Info,
    .summary = "A Parallel with one branch.",
    .why = "Nothing runs at the same time; its states could stand in the outer scope.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [{"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}},
    {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}}], "End": true}}})",
    .source = "Amazon States Language, \"Parallel State\"",
    .check = check,
};

}  // namespace stepglass::analysis
