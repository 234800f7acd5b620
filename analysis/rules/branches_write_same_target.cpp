#include <map>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/write_targets.h"

namespace stepglass::analysis {

extern const Rule branches_write_same_target;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* parallel = std::get_if<Parallel>(&state.kind);
    if (!parallel || !scope.reachable(state)) continue;
    struct First {
      std::size_t branch;
      const State* state;
    };
    std::map<std::string, First> first;
    for (std::size_t i = 0; i < parallel->branches.size(); ++i) {
      const ScopeView* branch = scope.machine.find(parallel->branches[i]);
      if (!branch) continue;
      for (WriteTarget& target : constant_write_targets(*branch)) {
        if (report.is_full()) return;
        const auto [found, is_new] = first.try_emplace(std::move(target.identity), First{i, target.state});
        if (is_new || found->second.branch == i) continue;
        Finding& finding = report.add(
            target.at.span(),
            fmt::format("two branches of \"{}\" write to the same place: {}", display_word(state.name), target.name));
        finding.help = "give each branch a place of its own, or write behind the Parallel";
        finding.related.push_back({found->second.state->name_span, "the other one"});
      }
    }
  }
}

}  // namespace

const Rule branches_write_same_target{
    .code = "ASL342",
    .name = "branches-write-same-target",
    .severity = Severity::Warning,
    .summary = "Two branches of a Parallel that write to the same place.",
    .why = "They run at the same time: which of the two stays is chance.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key": "out.json", "Body.$": "$.x"}, "End": true}}},
    {"StartAt": "J", "States": {"J": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key": "out.json", "Body.$": "$.y"}, "End": true}}}]}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key": "x.json", "Body.$": "$.x"}, "End": true}}},
    {"StartAt": "J", "States": {"J": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
      "Parameters": {"Bucket": "b", "Key": "y.json", "Body.$": "$.y"}, "End": true}}}]}}})",
    .source = "API references, \"PutObject\", \"StartExecution\"",
    .check = check,
};

}  // namespace stepglass::analysis
