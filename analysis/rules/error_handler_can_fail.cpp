#include <vector>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule error_handler_can_fail;

namespace {

bool can_fail(const State& state) {
  return std::holds_alternative<Task>(state.kind) || std::holds_alternative<Parallel>(state.kind) ||
         std::holds_alternative<Map>(state.kind);
}

void check(const ScopeView& scope, Report& report) {
  std::vector<bool> told(scope.states().size());
  for (const State& state : scope.states()) {
    if (!scope.reachable(state)) continue;
    for (const Catcher& catcher : state.catchers) {
      const State* handler = catcher.next.state;
      if (!handler || !can_fail(*handler) || !handler->catchers.empty() || !handler->retry.empty()) continue;
      const Vertex v = scope.flow.vertex(*handler);
      if (told[v] || report.is_full()) continue;
      told[v] = true;
      Finding& finding = report.add(handler->name_span, fmt::format("state \"{}\" handles errors, but when it fails "
                                                                    "nothing handles that",
                                                                    display_word(handler->name)));
      finding.help = "give it a Retry and a Catch that leads to a Fail";
      finding.related.push_back({catcher.next.span, "it is the handler here"});
    }
  }
}

}  // namespace

const Rule error_handler_can_fail{
    .code = "ASL426",
    .name = "error-handler-can-fail",
    .severity = Severity::Info,
    .summary = "A state that handles errors and has neither Retry nor Catch itself.",
    .why = "When the handler fails the execution does, with the handler's error in place of the first one.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "H"}], "End": true},
  "H": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:h", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "H"}], "End": true},
  "H": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:h",
    "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}})",
    .source = "Amazon States Language, \"Errors\"",
    .check = check,
};

}  // namespace stepglass::analysis
