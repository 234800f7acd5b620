#include <optional>

#include "analysis/rules/check.h"
#include "analysis/rules/framework/expressions.h"
#include "analysis/rules/framework/integration_parameters.h"
#include "analysis/rules/framework/shapes.h"
#include "engine/intrinsic/function.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule integration_parameter_type;

namespace {

using Kind = ShapeNode::Kind;

/// What the intrinsic call `text` gives.
std::optional<Kind> type_of_call(std::string_view text) {
  const std::size_t open = text.find('(');
  const intrinsic::Function* function =
      open == std::string_view::npos ? nullptr : intrinsic::find_function(text.substr(0, open));
  return function ? kind_of(function->gives_type) : std::nullopt;
}

/// The type of the value that a member of a template gets; nothing when it is not known.
std::optional<Kind> type_of(Node node, bool jsonata) {
  switch (node.kind()) {
    case Node::Kind::Null:
      return Kind::Null;
    case Node::Kind::Boolean:
      return Kind::Boolean;
    case Node::Kind::Number:
      return Kind::Number;
    case Node::Kind::Array:
      return Kind::Array;
    case Node::Kind::Object:
      return Kind::Object;
    case Node::Kind::String:
      break;
  }
  const std::string_view text = node.text();
  // A tool can put anything in the place of a text that is nothing but a placeholder.
  if (contains_placeholder(text)) return std::nullopt;
  if (!jsonata) return node.key().ends_with(".$") ? type_of_call(text) : Kind::Text;
  if (!text.starts_with("{%")) return Kind::Text;
  return text.size() < 4 ? std::nullopt : certain_type(text.substr(2, text.size() - 4));
}

std::string_view plain_key(Node node, bool jsonata) {
  std::string_view key = node.key();
  if (!jsonata && key.ends_with(".$")) key.remove_suffix(2);
  return key;
}

std::string_view words(ParameterType type) {
  switch (type) {
    case ParameterType::Text:
      return "a text";
    case ParameterType::Json:
      return "a text or JSON";
    case ParameterType::Integer:
      return "a number";
    case ParameterType::Boolean:
      return "a boolean";
    case ParameterType::Array:
      return "an array";
    case ParameterType::Object:
    case ParameterType::Attributes:
      return "an object";
  }
  return "";
}

bool fits(ParameterType wanted, Kind given) {
  switch (wanted) {
    case ParameterType::Text:
      return given == Kind::Text;
    case ParameterType::Json:
      return given != Kind::Number && given != Kind::Boolean;
    case ParameterType::Integer:
      return given == Kind::Number;
    case ParameterType::Boolean:
      return given == Kind::Boolean || given == Kind::Text;
    case ParameterType::Array:
      return given == Kind::Array;
    case ParameterType::Object:
    case ParameterType::Attributes:
      return given == Kind::Object;
  }
  return true;
}

void tell(Node node, std::string_view name, ParameterType wanted, Kind given, Report& report) {
  // That a text is no text is refused in so many words; of the others nobody has seen it.
  const bool sure = wanted == ParameterType::Text || given == Kind::Object || given == Kind::Array;
  report
      .add(sure ? Severity::Error : Severity::Warning, node.key_span(),
           fmt::format("\"{}\" takes {}, not {}", display_word(name), words(wanted), kind_words(given)))
      .help = wanted == ParameterType::Text && given == Kind::Number
                  ? "write the number as a text: in quotes, with States.Format('{}', …) or $string(…)"
                  : fmt::format("write {}", words(wanted));
}

/// {"id": {"S": "x"}, "n": {"N": "1"}}: numbers are texts, too.
void check_attributes(Node attributes, bool jsonata, Report& report) {
  for (auto attribute = attributes.first_child(); attribute; attribute = attribute->next_sibling()) {
    if (!attribute->is_object()) continue;
    for (auto value = attribute->first_child(); value; value = value->next_sibling()) {
      const std::string_view name = plain_key(*value, jsonata);
      if (name != "S" && name != "N") continue;
      const auto given = type_of(*value, jsonata);
      if (given && *given != Kind::Null && !fits(ParameterType::Text, *given)) {
        tell(*value, name, ParameterType::Text, *given, report);
      }
    }
  }
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* task = std::get_if<Task>(&state.kind);
    if (!task || report.is_full() || !parameters_of(task->resource)) continue;
    const bool jsonata = state.language == QueryLanguage::JSONata;
    const auto arguments = member(scope.node(state), jsonata ? "Arguments" : "Parameters", Node::Kind::Object);
    if (!arguments) continue;
    for (auto child = arguments->first_child(); child; child = child->next_sibling()) {
      const std::string_view name = plain_key(*child, jsonata);
      const auto wanted = parameter_type(task->resource, name);
      const auto given = wanted ? type_of(*child, jsonata) : std::nullopt;
      if (!given || *given == Kind::Null) continue;
      if (!fits(*wanted, *given)) {
        tell(*child, name, *wanted, *given, report);
      } else if (*wanted == ParameterType::Attributes && child->is_object()) {
        check_attributes(*child, jsonata, report);
      }
    }
  }
}

}  // namespace

const Rule integration_parameter_type{
    .code = "ASL365",
    .name = "integration-parameter-type",
    .severity = Severity::Error,
    .summary = "A parameter of a service with a value of the wrong type.",
    .why = "The task cannot be started: \"The value for the field 'N' must be a STRING\".",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": true,
    "Parameters": {"TableName": "t", "Item": {"id": {"S": "a"}, "count": {"N": 1}}}}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": true,
    "Parameters": {"TableName": "t", "Item": {"id": {"S": "a"}, "count": {"N": "1"}}}}}})",
    .source = "developer guide, \"Integrating services\"; seen: \"The value for the field 'Payload' must be a STRING\"",
    .check = check,
};

}  // namespace stepglass::analysis
