#include <algorithm>

#include "analysis/graph/cycles.h"
#include "analysis/graph/paths.h"
#include "analysis/graph/reachable.h"
#include "analysis/rules/check.h"
#include "analysis/rules/framework/loop_data.h"

namespace stepglass::analysis {

extern const Rule loop_exit_never_changes;

namespace {

/// By vertex: whether an execution can end well from there, and not only in a Fail.
std::vector<bool> ending_well(const FlowGraph& flow) {
  return reaching(flow, flow.exit(), [&](const Edge& edge) {
    return !flow.is_state(edge.from) || !std::holds_alternative<Fail>(flow.state(edge.from).kind);
  });
}

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete || scope.loops.empty()) return;
  const std::vector<bool> ends_well = ending_well(scope.flow);
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) return;
    if (!scope.reached[loop.states.front()] || loop.exits.empty()) continue;
    // Ways out other than by a Choice do not depend on the data, save those on which it fails.
    const Edge* exit = nullptr;
    bool known = true;
    for (const Edge& edge : loop.exits) {
      if (edge.way == Way::Choice || edge.way == Way::Default) {
        if (!exit) exit = &edge;
      } else if (ends_well[edge.to]) {
        known = false;
      }
    }
    if (!known || !exit) continue;
    const LoopData data(scope, loop);
    // All that decides about the way through the loop: then each turn is like the first.
    std::vector<std::string> keys;
    for (const Vertex v : loop.states) {
      const State& state = scope.flow.state(v);
      for (const Edge& edge : scope.flow.out(v)) {
        if (edge.way == Way::Catch && scope.flow.is_state(edge.to) && data.contains(edge.to)) known = false;
      }
      if (!known || !std::holds_alternative<stepglass::Choice>(state.kind)) continue;
      Reads reads = reads_of(scope, state);
      known = !reads.unknown && std::none_of(reads.keys.begin(), reads.keys.end(),
                                             [&](const std::string& key) { return data.writes(key); });
      keys.insert(keys.end(), reads.keys.begin(), reads.keys.end());
    }
    if (!known || keys.empty()) continue;
    const State& choice = scope.flow.state(exit->from);
    const auto cycle = names_of(states_of(scope.flow, shortest_cycle(scope.flow, exit->from)));
    Finding& finding = report.add(
        choice.name_span,
        fmt::format("the loop {} never ends once it goes round: nothing in it changes {}, by which it is left",
                    arrows(cycle),
                    keys.front() == "$" ? "the data" : fmt::format("\"{}\"", display_word(keys.front()))));
    finding.help = "write what a state of the loop finds out to where the Choice looks, e.g. by ResultPath";
  }
}

}  // namespace

const Rule loop_exit_never_changes{
    .code = "ASL230",
    .name = "loop-exit-never-changes",
    .severity = Severity::Warning,
    .summary = "A loop that is left by data which nothing in it changes.",
    .why =
        "Whatever the Choices of the loop decide the first time, they decide every time: an execution that goes round "
        "once does so until it times out or has its 25,000 events.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "ResultPath": null, "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "ResultPath": "$.done", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})",
    .source = "graph: a strong component; what its states write and its Choices read",
    .check = check,
};

}  // namespace stepglass::analysis
