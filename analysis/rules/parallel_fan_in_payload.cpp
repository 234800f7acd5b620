#include "analysis/rules/check.h"
#include "analysis/rules/framework/history_bounds.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {

extern const Rule parallel_fan_in_payload;

namespace {

void check(const ScopeView& scope, Report& report) {
  // What a branch surely gives stands in the definition, which therefore is larger than a payload.
  if (scope.machine.document().text().size() <= kMaxPayloadBytes) return;
  for (const State& state : scope.states()) {
    const auto* parallel = std::get_if<Parallel>(&state.kind);
    if (!parallel || !scope.reachable(state) || report.is_full()) continue;
    const Node node = scope.node(state);
    if (node.find("ResultSelector") || node.find("ResultPath") || node.find("Output")) continue;
    std::uint64_t bytes = 1;
    for (const Scope& branch : parallel->branches) {
      const ScopeView* view = scope.machine.find(branch);
      bytes += 1 + (view && view->complete ? scope.machine.history_bounds().least_bytes(*view) : 0);
    }
    if (bytes <= kMaxPayloadBytes) continue;
    report
        .add(state.name_span, fmt::format("the results of the branches of \"{}\" are {} bytes or more, but a payload "
                                          "may have {}",
                                          display_word(state.name), bytes, kMaxPayloadBytes))
        .help = "keep them in S3 and pass on where they are";
  }
}

}  // namespace

const Rule parallel_fan_in_payload{
    .code = "ASL516",
    .name = "parallel-fan-in-payload",
    .severity = Severity::Warning,
    .summary = "A Parallel whose branches together give more than a payload may hold.",
    .why = "Each result is small enough, but they are joined to one: the state fails with States.DataLimitExceeded.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Parallel", "End": true, "Branches": [
    {"StartAt": "I", "States": {"I": {"Type": "Pass", "Result": "small", "End": true}}},
    {"StartAt": "J", "States": {"J": {"Type": "Pass", "Result": "small", "End": true}}}]}}})",
    .source = "service quotas, \"Maximum input or output size for a task, state, or execution\"",
    .check = check,
};

}  // namespace stepglass::analysis
