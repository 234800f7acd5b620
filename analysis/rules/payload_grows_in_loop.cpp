#include <algorithm>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/loop_data.h"
#include "analysis/rules/framework/reads.h"

namespace stepglass::analysis {

extern const Rule payload_grows_in_loop;

namespace {

/// The member under which a Pass puts its whole input into itself; nothing when it does not.
std::optional<Node> nested_input(const ScopeView& scope, const State& state) {
  const auto* pass = std::get_if<Pass>(&state.kind);
  if (!pass || pass->result || state.language != QueryLanguage::JSONPath) return std::nullopt;
  const Node node = scope.node(state);
  if (node.find("InputPath") || node.find("OutputPath")) return std::nullopt;
  const auto parameters = member(node, "Parameters", Node::Kind::Object);
  const auto result_path = node.find("ResultPath");
  if (!parameters) {
    if (node.find("Parameters") || !result_path || !result_path->is_string() || result_path->text() == "$") {
      return std::nullopt;
    }
    return *result_path;
  }
  if (result_path && !result_path->is_string()) return std::nullopt;
  for (auto child = parameters->first_child(); child; child = child->next_sibling()) {
    if (child->key().ends_with(".$") && child->is_string() && child->text() == "$") return *child;
  }
  return std::nullopt;
}

/// Something in the loop throws away what has been put there.
bool resets(const LoopData& data, const State& grower, Vertex v) {
  return data.others_write("$", v) || data.others_write(key_of(grower.result_path), v);
}

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  for (const Loop& loop : scope.loops) {
    if (report.is_full()) return;
    if (!scope.reached[loop.states.front()]) continue;
    std::vector<std::pair<const State*, Node>> growers;
    for (const Vertex v : loop.states) {
      const State& state = scope.flow.state(v);
      if (const auto at = nested_input(scope, state)) growers.emplace_back(&state, *at);
    }
    if (growers.size() != 1) continue;
    const LoopData data(scope, loop);
    // A loop that counts is meant to end, mostly soon.
    if (!data.counters().empty() || resets(data, *growers.front().first, scope.flow.vertex(*growers.front().first)))
      continue;
    report
        .add(growers.front().second.span(),
             fmt::format("state \"{}\" puts its whole input into itself in each turn of the loop, so that it grows and "
                         "grows",
                         display_word(growers.front().first->name)))
        .help = "keep only the members that are needed";
  }
}

}  // namespace

const Rule payload_grows_in_loop{
    .code = "ASL513",
    .name = "payload-grows-in-loop",
    .severity = Severity::Warning,
    .summary = "A loop in which the payload is put into itself.",
    .why = "It gets larger with each turn until it is over 262,144 bytes and the execution fails.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "ResultPath": "$.done", "Next": "P"},
  "P": {"Type": "Pass", "ResultPath": "$.last", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "ResultPath": "$.done", "Next": "P"},
  "P": {"Type": "Pass", "InputPath": "$.done", "ResultPath": "$.last", "Next": "B"},
  "B": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "C"}], "Default": "W"},
  "W": {"Type": "Wait", "Seconds": 5, "Next": "A"},
  "C": {"Type": "Succeed"}}})",
    .source = "service quotas, \"Maximum input or output size for a task, state, or execution\"",
    .check = check,
};

}  // namespace stepglass::analysis
