#include <algorithm>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/integration_parameters.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule unknown_integration_parameter;

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

    if (known->optional.empty()) continue;
    std::vector<std::string_view> names(known->required.begin(), known->required.end());
    names.insert(names.end(), known->optional.begin(), known->optional.end());
    for (const Node& m : members) {
      const std::string_view name = name_of(m, jsonata);
      if (std::find(names.begin(), names.end(), name) != names.end() || report.is_full()) continue;
      const auto meant = nearest(name, names);
      // A name like none of the known ones may be newer than this table.
      Finding& finding =
          report.add(meant ? Severity::Error : Severity::Warning, m.key_span(),
                     fmt::format("{}:{} has no parameter \"{}\"", known->service, known->action, display_word(name)));
      finding.help = meant ? fmt::format("did you mean \"{}\"?", *meant) : "delete it, or look the name up";
    }
  }
}

}  // namespace

const Rule unknown_integration_parameter{
    .code = "ASL196",
    .name = "unknown-integration-parameter",
    .severity = Severity::Error,
    .summary = "A parameter that the action does not have.",
    .why = "The service refuses it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionNme": "f"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
    "Parameters": {"FunctionName": "f"}, "End": true}}})",
    .source = "developer guide, \"Integrating services\"",
    .aws_code = "SCHEMA_VALIDATION_FAILED",
    .check = check,
};

}  // namespace stepglass::analysis
