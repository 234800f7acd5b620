#include "analysis/rules/check.h"
#include "analysis/rules/framework/reads.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule missing_task_token;

namespace {

/// Whether any text below `node` names the task token.
bool names_token(Node node) {
  if (node.is_string()) {
    const std::string_view text = node.text();
    return text.find("Task.Token") != std::string_view::npos || text.find("Task['Token']") != std::string_view::npos;
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (names_token(*child)) return true;
  }
  return false;
}

/// Whether the token may be in it without being named: in a variable, in the whole context object, in a placeholder.
bool carries_unknown(Node node, bool jsonata) {
  if (node.is_string()) {
    const std::string_view text = node.text();
    if (contains_placeholder(text)) return true;
    if (text == "$$" || text == "$$.Task") return true;
    if (jsonata) {
      if (!text.starts_with("{%")) return false;
      return text.find("$states.context") != std::string_view::npos || !free_variables(text).empty();
    }
    return text.size() > 1 && text[0] == '$' && text[1] != '.' && text[1] != '[' && text[1] != '$' &&
           node.key().ends_with(".$");
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (carries_unknown(*child, jsonata)) return true;
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
    if (!arguments || !arguments->is_object() || carries_unknown(*arguments, jsonata)) continue;
    if (names_token(*arguments)) continue;
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
