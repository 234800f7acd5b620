#include "analysis/graph/paths.h"
#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule always_times_out;

namespace {

void check(const ScopeView& scope, Report& report) {
  if (scope.outer || !scope.complete) return;
  const auto limit = scope.machine.machine().timeout_seconds;
  if (!limit || *limit <= 0) return;
  const auto path = cheapest_path(scope.flow, scope.flow.entry(), scope.flow.exit(), [&](Vertex v) -> std::uint64_t {
    if (!scope.flow.is_state(v)) return 0;
    const auto* wait = std::get_if<Wait>(&scope.flow.state(v).kind);
    const auto* seconds = wait ? std::get_if<std::int64_t>(&wait->seconds) : nullptr;
    return seconds && *seconds > 0 ? static_cast<std::uint64_t>(*seconds) : 0;
  });
  if (!path || path->cost <= static_cast<std::uint64_t>(*limit)) return;
  const auto field = scope.object.find("TimeoutSeconds");
  if (!field) return;
  Finding& finding = report.add(field->span(), fmt::format("every way to an end waits {} seconds or more, but the "
                                                           "execution has {}",
                                                           path->cost, *limit));
  finding.help = "make the Waits shorter or the timeout longer";
  finding.path = names_of(states_of(scope.flow, path->edges));
}

}  // namespace

const Rule always_times_out{
    .code = "ASL219",
    .name = "always-times-out",
    .severity = Severity::Error,
    .summary = "Waits that outlast the execution on every way to an end.",
    .why = "Whatever way it takes, the execution is over before it ends well.",
    .bad = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Wait", "Seconds": 90, "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "TimeoutSeconds": 60, "States": {
  "A": {"Type": "Wait", "Seconds": 30, "Next": "B"},
  "B": {"Type": "Succeed"}}})",
    .source = "graph: the way with the shortest Waits",
    .check = check,
};

}  // namespace stepglass::analysis
