#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule wait_zero;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* wait = std::get_if<Wait>(&state.kind);
    const auto* seconds = wait ? std::get_if<std::int64_t>(&wait->seconds) : nullptr;
    if (!seconds || *seconds != 0) continue;
    report.add(state.name_span, fmt::format("state \"{}\" waits no time at all", display_word(state.name))).help =
        "leave it out";
  }
}

}  // namespace

const Rule wait_zero{
    .code = "ASL221",
    .name = "wait-zero",
    .severity = Severity::Info,
    .summary = "A Wait of no time at all.",
    .why = "It costs a transition and does nothing.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 0, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 1, "End": true}}})",
    .source = "Amazon States Language, \"Wait State\"",
    .check = check,
};

}  // namespace stepglass::analysis
