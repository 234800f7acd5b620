#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule retry_uncatchable_error;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    for (const Retrier& retrier : state.retry) {
      for (const std::string& name : retrier.error_equals) {
        if (name != "States.Runtime" || report.is_full()) continue;
        report.add(retrier.span, "\"States.Runtime\" is never retried").help =
            "leave it out; mend what makes the state fail, such as a path that finds nothing";
      }
    }
    for (const Catcher& catcher : state.catchers) {
      for (const std::string& name : catcher.error_equals) {
        if (name != "States.Runtime" || report.is_full()) continue;
        report.add(catcher.span, "\"States.Runtime\" is never caught").help =
            "leave it out; mend what makes the state fail, such as a path that finds nothing";
      }
    }
  }
}

}  // namespace

const Rule retry_uncatchable_error{
    .code = "ASL416",
    .name = "retry-uncatchable-error",
    .severity = Severity::Warning,
    .summary = "A retrier or a catcher for States.Runtime.",
    .why = "States.Runtime is what the service says of a definition that does not fit its data; it is neither retried nor caught, "
           "also where it is named.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["States.Runtime"]}],
    "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111111111111:function:f",
    "Retry": [{"ErrorEquals": ["States.ALL"]}],
    "End": true}}})",
    .source = "developer guide, \"Handling errors in Step Functions workflows\"",
    .check = check,
};

}  // namespace stepglass::analysis
