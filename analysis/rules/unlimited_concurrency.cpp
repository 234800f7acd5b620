#include "analysis/rules/check.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule unlimited_concurrency;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* map = std::get_if<Map>(&state.kind);
    if (!map || !map->distributed || report.is_full()) continue;
    const auto* most = std::get_if<std::int64_t>(&map->max_concurrency);
    const Node node = scope.node(state);
    if (node.find("MaxConcurrencyPath") || (node.find("MaxConcurrency") && !(most && *most == 0))) continue;
    for (const State& inner : map->processor.states) {
      const auto* task = std::get_if<Task>(&inner.kind);
      if (!task || task->resource.kind == Resource::Kind::Activity) continue;
      Finding& finding = report.add(
          state.name_span, fmt::format("up to {} children of \"{}\" call \"{}\" at a time", kMaxDistributedConcurrency,
                                       display_word(state.name), display_word(task->resource.arn)));
      finding.help = "set MaxConcurrency to what that can take";
      break;
    }
  }
}

}  // namespace

const Rule unlimited_concurrency{
    .code = "ASL514",
    .name = "unlimited-concurrency",
    .severity = Severity::Info,
    .summary = "A distributed Map that calls something from as many children as there can be.",
    .why = "Without MaxConcurrency 10,000 children run at a time, more than most functions and APIs are allowed to.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "End": true, "ItemProcessor": {
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {
      "I": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true}}}}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "End": true, "MaxConcurrency": 100, "ItemProcessor": {
    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I", "States": {
      "I": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true}}}}}})",
    .source = "developer guide, \"Map state in Distributed mode\"",
    .check = check,
};

}  // namespace stepglass::analysis
