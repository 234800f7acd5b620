#include "analysis/rules/check.h"
#include "analysis/rules/framework/history_bounds.h"
#include "analysis/rules/framework/write_targets.h"

namespace stepglass::analysis {

extern const Rule map_writes_constant_target;

namespace {

/// Several items can be under way at a time.
bool is_concurrent(const ScopeView& scope, const State& owner, const Map& map) {
  const Node node = scope.node(owner);
  const auto field = node.find("MaxConcurrency");
  if (node.find("MaxConcurrencyPath")) return false;
  if (!field) return true;
  const auto* most = std::get_if<std::int64_t>(&map.max_concurrency);
  return most && *most != 1;
}

void check(const ScopeView& scope, Report& report) {
  const auto* map = scope.owner ? std::get_if<Map>(&scope.owner->kind) : nullptr;
  if (!map || !scope.outer->reachable(*scope.owner) || !is_concurrent(*scope.outer, *scope.owner, *map)) return;
  if (known_items(*scope.outer, *scope.owner).value_or(2) < 2) return;
  for (const WriteTarget& target : constant_write_targets(scope)) {
    if (report.is_full()) return;
    Finding& finding = report.add(target.at.span(), fmt::format("every item of \"{}\" writes to the same place: {}",
                                                                display_word(scope.owner->name), target.name));
    finding.help = "make the item part of the name";
    finding.related.push_back({scope.owner->name_span, "its items run at the same time"});
  }
}

}  // namespace

const Rule map_writes_constant_target{
    .code = "ASL341",
    .name = "map-writes-constant-target",
    .severity = Severity::Warning,
    .summary = "A Map whose items all write to the same place.",
    .why =
        "They run at the same time, and of what they write only the last stays; a name that has to be new is refused.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "I", "States": {
    "I": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key": "out.json", "Body.$": "$.text"}, "End": true}}}}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "I", "States": {
    "I": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key.$": "$.name", "Body.$": "$.text"}, "End": true}}}}}})",
    .source = "API references, \"PutObject\", \"StartExecution\"",
    .check = check,
};

}  // namespace stepglass::analysis
