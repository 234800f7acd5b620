#include <vector>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule removable_transition;

namespace {

bool has_only(Node node, std::initializer_list<std::string_view> fields) {
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    bool known = child->key() == "Type" || child->key() == "Comment" || child->key() == "QueryLanguage";
    for (const std::string_view field : fields) known = known || child->key() == field;
    if (!known) return false;
  }
  return true;
}

void check(const ScopeView& scope, Report& report) {
  if (!scope.complete) return;
  // By vertex: all edges into it are the Next of a state, and how many there are.
  std::vector<std::size_t> in(scope.flow.vertex_count());
  std::vector<bool> only_next(scope.flow.vertex_count(), true);
  for (const Edge& edge : scope.flow.edges()) {
    ++in[edge.to];
    if (edge.way != Way::Next) only_next[edge.to] = false;
  }
  for (const State& state : scope.states()) {
    if (report.is_full()) return;
    const Vertex v = scope.flow.vertex(state);
    const Node node = scope.node(state);
    if (!scope.reached[v]) continue;
    if (const auto* wait = std::get_if<Wait>(&state.kind)) {
      const auto* seconds = std::get_if<std::int64_t>(&wait->seconds);
      if (seconds && *seconds == 0 && state.next && has_only(node, {"Seconds", "Next"})) {
        report.add(state.name_span, fmt::format("state \"{}\" waits 0 seconds", display_word(state.name))).help =
            "leave it out: one transition less";
      }
    } else if (std::holds_alternative<Succeed>(state.kind)) {
      if (in[v] > 0 && only_next[v] && has_only(node, {})) {
        report
            .add(state.name_span, fmt::format("state \"{}\" does nothing but end: the states before it can do that",
                                              display_word(state.name)))
            .help = "write \"End\": true there in place of Next: one transition less";
      }
    } else if (std::holds_alternative<Pass>(state.kind) && state.next && state.next->state &&
               state.language == QueryLanguage::JSONPath) {
      // What the Pass makes can be made in the Parameters of the task behind it, when nobody else comes there and the
      // task does not keep its input.
      const State& task = *state.next->state;
      if (!std::holds_alternative<Task>(task.kind) || task.language != QueryLanguage::JSONPath) continue;
      if (in[scope.flow.vertex(task)] != 1 || &task == &state || !task.catchers.empty()) continue;
      if (!has_only(node, {"Parameters", "Next"}) || !node.find("Parameters")) continue;
      if (!has_only(scope.node(task), {"Resource", "Next", "End", "Retry", "TimeoutSeconds", "HeartbeatSeconds"})) {
        continue;
      }
      report
          .add(state.name_span, fmt::format("state \"{}\" only makes the input of \"{}\"", display_word(state.name),
                                            display_word(task.name)))
          .help = "move its Parameters there and leave it out: one transition less";
    }
  }
}

}  // namespace

const Rule removable_transition{
    .code = "ASL517",
    .name = "removable-transition",
    .severity = Severity::Info,
    .summary = "A state that a neighbour can stand in for.",
    .why = "Each transition of a Standard workflow is paid for: about $0.025 for a thousand executions.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"id.$": "$.order.id"}, "Next": "B"},
  "B": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f", "End": true}}})",
    .good = R"({"StartAt": "B", "States": {
  "B": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Parameters": {"id.$": "$.order.id"}, "End": true}}})",
    .source = "Step Functions pricing, \"state transitions\"",
    .check = check,
};

}  // namespace stepglass::analysis
