#include <algorithm>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/integration_parameters.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule missing_integration_parameter;

namespace {

std::string_view name_of(Node member, bool jsonata) {
  std::string_view name = member.key();
  if (!jsonata && name.ends_with(".$")) name.remove_suffix(2);
  return name;
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    const IntegrationParameters* known = task ? parameters_of(task->resource) : nullptr;
    if (!known || report.is_full()) continue;
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const auto arguments = member(scope.node(state), jsonata ? "Arguments" : "Parameters", Node::Kind::Object);
    if (!arguments) continue;
    // The tool that deploys the definition may fill in whole members.
    const std::vector<Node> members = arguments->children();
    if (std::any_of(members.begin(), members.end(), [](Node m) { return contains_placeholder(m.key()); })) continue;

    for (const std::string_view name : known->required) {
      if (std::any_of(members.begin(), members.end(), [&](Node m) { return name_of(m, jsonata) == name; })) continue;
      // What stands there under a slightly other name is told by unknown-integration-parameter.
      const bool misspelt = !known->optional.empty() && std::any_of(members.begin(), members.end(), [&](Node m) {
        const std::string_view other = name_of(m, jsonata);
        return std::find(known->required.begin(), known->required.end(), other) == known->required.end() &&
               std::find(known->optional.begin(), known->optional.end(), other) == known->optional.end() &&
               nearest(other, known->required) == name;
      });
      if (misspelt) continue;
      report.add(arguments->key_span(), fmt::format("{}:{} needs \"{}\"", known->service, known->action, name)).help =
          "add it";
    }
  }
}

}  // namespace

const Rule missing_integration_parameter{
    .code = "ASL150",
    .name = "missing-integration-parameter",
    .severity = Severity::Error,
    .summary = "A call without a parameter that the action needs.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
    "Parameters": {"MessageBody": "x"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
    "Parameters": {"QueueUrl": "q", "MessageBody": "x"}, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .check = check,
};

}  // namespace stepglass::analysis
