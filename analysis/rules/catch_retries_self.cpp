#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule catch_retries_self;

namespace {

constexpr std::size_t kLongestWay = 20;

/// It does not look for one error that something on the way back could mend.
bool takes_everything(const Catcher& catcher) {
  for (const std::string& name : catcher.error_equals) {
    if (name == "States.ALL" || name == "States.TaskFailed") return true;
  }
  return false;
}

/// It takes a while, or decides.
bool pauses(const State& state) {
  if (std::holds_alternative<Wait>(state.kind) || std::holds_alternative<stepglass::Choice>(state.kind)) return true;
  const auto* task = std::get_if<Task>(&state.kind);
  return task && (task->resource.waits_for_submission() || task->resource.kind == Resource::Kind::Activity);
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (!scope.reachable(state) || pauses(state)) continue;
    const Vertex self = scope.flow.vertex(state);
    for (const Catcher& catcher : state.catchers) {
      if (!catcher.next.state || catcher.assign || !takes_everything(catcher)) continue;
      // Only what always comes next is followed, and no task, since that may mend what was wrong.
      std::vector<const State*> way = {&state};
      const State* at = catcher.next.state;
      while (at && at != &state && at->next && std::holds_alternative<Pass>(at->kind) && !at->assign &&
             way.size() <= kLongestWay) {
        way.push_back(at);
        at = at->next->state;
      }
      if (at != &state) continue;
      way.push_back(&state);
      Finding& finding =
          report.add(catcher.next.span, fmt::format("this catcher tries state \"{}\" again at once, without end",
                                                    display_word(scope.flow.state(self).name)));
      finding.help = "use a Retry, which counts and waits, or put a Wait or a counter with a Choice in between";
      finding.path = names_of(way);
    }
  }
}

}  // namespace

const Rule catch_retries_self{
    .code = "ASL207",
    .name = "catch-retries-self",
    .severity = Severity::Warning,
    .summary = "A catcher that leads straight back to its own state.",
    .why =
        "Without a Wait or a counter in between, an error that stays makes the execution go round at full speed until "
        "it has its 25,000 events. A Retry counts and waits.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "A"}], "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "W"}], "End": true},
  "W": {"Type": "Wait", "Seconds": 60, "Next": "A"}}})",
    .source = "graph: a way from the catcher back without Wait and Choice",
    .check = check,
};

}  // namespace stepglass::analysis
