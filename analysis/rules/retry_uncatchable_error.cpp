#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule retry_uncatchable_error;

namespace {

template <typename Entries>
void look(const Entries& entries, std::string_view what_never_happens, Report& report) {
  for (const auto& entry : entries) {
    for (const std::string& name : entry.error_equals) {
      if (name != "States.Runtime" || report.is_full()) continue;
      report.add(entry.span, fmt::format("\"States.Runtime\" is never {}", what_never_happens)).help =
          "leave the name out; mend what makes the state fail, such as a path that finds nothing";
    }
  }
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    look(state.retry, "retried", report);
    look(state.catchers, "caught", report);
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
