#include <algorithm>
#include <span>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/reads.h"
#include "engine/jsonata/jsonata.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule missing_task_token;

namespace {

/// Whether a way into the context object leads to the token, or to something around it.
bool leads_to_token(std::span<const std::string_view> way, bool complete) {
  if (way.empty()) return true;
  return way[0] == "Task" && (way.size() == 1 ? true : way[1] == "Token") && (complete || way.size() <= 2);
}

/// What the call carries, of a JSONPath state: the token, or something that may hold it.
bool carries_in_paths(const Node& state) {
  bool carries = false;
  for_each_read(state, [&](const Read& read) {
    if (carries || read.field != "Parameters") return;
    if (read.root == path::Query::Root::Variable) carries = true;
    if (read.root != path::Query::Root::Context) return;
    const Steps steps = read_steps(read);
    std::vector<std::string_view> way;
    for (const Steps::Step& step : steps.steps) {
      const auto* name = std::get_if<std::string>(&step);
      way.push_back(name ? std::string_view(*name) : std::string_view());
    }
    carries = leads_to_token(way, steps.complete);
  });
  return carries;
}

/// The same of a JSONata state.
bool carries_in_expressions(const Node& state) {
  bool carries = false;
  for_each_expression(state, [&](std::string_view expression, Node, std::string_view field) {
    if (carries || field != "Arguments") return;
    const auto compiled = jsonata::Expression::compile(std::string(expression), jsonata::Dialect::States);
    // What does not compile is told elsewhere; a variable may hold anything.
    const auto is_own = [](const std::string& name) { return name != "states"; };
    if (!compiled || std::any_of(compiled->free_variables().begin(), compiled->free_variables().end(), is_own)) {
      carries = true;
      return;
    }
    const jsonata::StatesNames& names = compiled->states_names();
    carries = compiled->states_use().whole || names.has_more ||
              std::any_of(names.context_ways.begin(), names.context_ways.end(), [](const auto& way) {
                const std::vector<std::string_view> steps(way.begin(), way.end());
                return leads_to_token(steps, true);
              });
  });
  return carries;
}

/// Whether what a tool puts in may be the token: a member, an expression, a path, or more than a text.
bool may_be_put_in(const Node& node, bool jsonata) {
  if (contains_placeholder(node.key())) return true;
  if (node.is_string()) {
    if (!contains_placeholder(node.text())) return false;
    const bool is_quoted = node.span().end - node.span().begin > node.text().size();
    return jsonata || node.key().ends_with(".$") || !is_quoted;
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (may_be_put_in(*child, jsonata)) return true;
  }
  return false;
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || task->resource.pattern != Resource::Pattern::WaitForTaskToken || report.is_full()) continue;
    const Node node = scope.node(state);
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const auto arguments = node.find(jsonata ? "Arguments" : "Parameters");
    // An expression as a whole may carry anything, as may variables and whole contexts.
    if (!arguments || !arguments->is_object() || may_be_put_in(*arguments, jsonata)) continue;
    if (jsonata ? carries_in_expressions(node) : carries_in_paths(node)) continue;
    report
        .add(arguments->key_span(), fmt::format("state \"{}\" waits for a callback, but its call carries no task token",
                                                display_word(state.name)))
        .help =
        jsonata ? "add {% $states.context.Task.Token %} to what is sent" : "add \"TaskToken.$\": \"$$.Task.Token\"";
  }
}

}  // namespace

const Rule missing_task_token{
    .code = "ASL331",
    .name = "missing-task-token",
    .severity = Severity::Error,
    .summary = "A callback whose call never carries the task token.",
    .why = "Nobody can answer without the token: the state waits until it times out, for up to a year.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 60,
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$.order"}}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 60,
    "Parameters": {"QueueUrl": "q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}})",
    .source = "developer guide, \"Wait for a Callback with Task Token\"",
    .check = check,
};

}  // namespace stepglass::analysis
