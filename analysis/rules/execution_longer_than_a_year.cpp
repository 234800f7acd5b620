#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule execution_longer_than_a_year;

namespace {

// Leap years included: a year in doubt is no finding.
constexpr std::int64_t kYear = std::int64_t{366} * 24 * 60 * 60;

void check(const ScopeView& scope, Report& report) {
  if (scope.express) return;
  for (const State& state : scope.states()) {
    const auto* wait = std::get_if<Wait>(&state.kind);
    const auto* seconds = wait ? std::get_if<std::int64_t>(&wait->seconds) : nullptr;
    if (!seconds || *seconds <= kYear || report.is_full()) continue;
    const auto field = scope.node(state).find("Seconds");
    report.add(field ? field->span() : state.name_span, fmt::format("{} seconds are more than a year", *seconds)).help =
        "an execution lasts a year at most; start another one by a schedule";
  }
}

}  // namespace

const Rule execution_longer_than_a_year{
    .code = "ASL220",
    .name = "execution-longer-than-a-year",
    .severity = Severity::Error,
    .summary = "A Wait of more than a year.",
    .why = "An execution lasts a year at most, so that what comes after never runs.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 31708800, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Wait", "Seconds": 86400, "End": true}}})",
    .source = "service quotas, \"Maximum execution time\"",
    .check = check,
};

}  // namespace stepglass::analysis
