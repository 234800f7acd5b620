#include "analysis/rules/check.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule map_concurrency_ceiling;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* map = std::get_if<Map>(&state.kind);
    const auto* most = map ? std::get_if<std::int64_t>(&map->max_concurrency) : nullptr;
    const auto ceiling =
        static_cast<std::int64_t>(map && map->distributed ? kMaxDistributedConcurrency : kMaxInlineConcurrency);
    if (!most || *most <= ceiling) continue;
    const auto field = scope.node(state).find("MaxConcurrency");
    if (field) {
      report.add(field->span(), fmt::format("about {} run at a time, whatever is written here", ceiling)).help =
          map->distributed ? "write 10000 or less" : "write 40 or less, or use a distributed Map";
    }
  }
}

}  // namespace

const Rule map_concurrency_ceiling{
    .code = "ASL501",
    .name = "map-concurrency-ceiling",
    .severity = Severity::Info,
    .summary = "A MaxConcurrency above what the service does.",
    .why = "Inline Maps run about 40 iterations at a time, distributed ones 10,000 children.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "MaxConcurrency": 1000, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "MaxConcurrency": 10, "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}, "End": true}}})",
    .source = "developer guide, \"Map state\"",
    .check = check,
};

}  // namespace stepglass::analysis
