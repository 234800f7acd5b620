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

/// Tells what of `required` the object `arguments` lacks. What stands there under a name that is slightly another one, and
/// neither required nor among `optional`, is told by unknown-integration-parameter.
void check_members(Node arguments, bool jsonata, const IntegrationParameters& known, Report& report) {
  // The tool that deploys the definition may fill in whole members.
  const std::vector<Node> members = arguments.children();
  if (std::any_of(members.begin(), members.end(), [](Node m) { return contains_placeholder(m.key()); })) return;
  const auto has = [&](std::string_view name) {
    return std::any_of(members.begin(), members.end(), [&](Node m) { return name_of(m, jsonata) == name; });
  };
  const auto add = [&](std::string_view what) {
    report.add(arguments.key_span(), fmt::format("{}:{} needs {}", known.service, known.action, what)).help = "add it";
  };
  for (const std::string_view name : known.required) {
    if (has(name)) continue;
    const bool misspelt = !known.optional.empty() && std::any_of(members.begin(), members.end(), [&](Node m) {
      const std::string_view other = name_of(m, jsonata);
      return std::find(known.required.begin(), known.required.end(), other) == known.required.end() &&
             std::find(known.optional.begin(), known.optional.end(), other) == known.optional.end() &&
             nearest(other, known.required) == name;
    });
    if (!misspelt) add(fmt::format("\"{}\"", name));
  }
  if (known.one_of.empty() || std::any_of(known.one_of.begin(), known.one_of.end(), has)) return;
  add(fmt::format("\"{}\"", fmt::join(known.one_of, "\" or \"")));
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    if (report.is_full()) return;
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const std::string_view field = jsonata ? "Arguments" : "Parameters";
    if (const auto* task = std::get_if<Task>(&state.kind)) {
      const IntegrationParameters* known = parameters_of(task->resource);
      const auto arguments = known ? member(scope.node(state), field, Node::Kind::Object) : std::nullopt;
      if (arguments) check_members(*arguments, jsonata, *known, report);
    } else if (std::holds_alternative<Map>(state.kind)) {
      for (const std::string_view end : {"ItemReader", "ResultWriter"}) {
        const auto object = member(scope.node(state), end, Node::Kind::Object);
        const auto resource = object ? member(*object, "Resource", Node::Kind::String) : std::nullopt;
        const IntegrationParameters* known = resource ? parameters_of_map(resource->text()) : nullptr;
        const auto arguments = known ? member(*object, field, Node::Kind::Object) : std::nullopt;
        if (arguments) check_members(*arguments, jsonata, *known, report);
      }
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
