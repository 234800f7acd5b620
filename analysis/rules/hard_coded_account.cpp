#include <algorithm>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

extern const Rule hard_coded_account;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto resource = member(scope.node(state), "Resource", Node::Kind::String);
    if (!resource) continue;
    // arn:partition:service:region:account:…
    std::string_view rest = resource->text();
    for (int i = 0; i < 4; ++i)
      rest = rest.find(':') == std::string_view::npos ? std::string_view() : rest.substr(rest.find(':') + 1);
    const std::string_view account = rest.substr(0, rest.find(':'));
    const bool digits = account.size() == 12 && account.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits && account != "111111111111") {
      report.add(resource->span(), fmt::format("the account {} stands in the definition", account)).help =
          "use a placeholder of the tool that deploys it";
    }
  }
}

}  // namespace

const Rule hard_coded_account{
    .code = "ASL198",
    .name = "hard-coded-account",
    .severity = Severity::Info,
    .summary = "An ARN with the number of an account in it.",
    .why = "The definition can only be deployed there.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "${Function}", "End": true}}})",
    .source = "Stepglass",
    .check = check,
};

}  // namespace stepglass::analysis
