#include "analysis/rules/check.h"
#include "engine/model/placeholder.h"
#include "engine/support/limits.h"
#include "engine/value/json_size.h"

namespace stepglass::analysis {

extern const Rule variable_too_large;

namespace {

/// The bytes that `node` surely has as JSON: what is evaluated counts as nothing. Recursion follows the nesting of the
/// definition, which reading bounds.
std::uint64_t certain_bytes(Node node, bool jsonata) {
  if (node.is_string()) {
    const bool is_evaluated = jsonata ? node.text().starts_with("{%") : node.key().ends_with(".$");
    return is_evaluated || contains_placeholder(node.text()) ? 0 : json_size(node.value());
  }
  if (!node.is_object() && !node.is_array()) return json_size(node.value());
  std::uint64_t bytes = 2;
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    bytes += certain_bytes(*child, jsonata);
    if (node.is_object()) bytes += child->key().size() + 3;
  }
  return bytes;
}

void check_assign(Node object, bool jsonata, Report& report) {
  const auto assign = object.is_object() ? member(object, "Assign", Node::Kind::Object) : std::nullopt;
  if (!assign) return;
  for (auto child = assign->first_child(); child; child = child->next_sibling()) {
    // What is that large has at least as many bytes in the text.
    if (child->span().end - child->span().begin <= kMaxPayloadBytes || report.is_full()) continue;
    const std::uint64_t bytes = certain_bytes(*child, jsonata);
    if (bytes <= kMaxPayloadBytes) continue;
    report
        .add(head_of(*child),
             fmt::format("{} bytes are more than the {} that a variable may have", bytes, kMaxPayloadBytes))
        .help = "keep it in S3 and assign where it is";
  }
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const Node node = scope.node(state);
    const bool jsonata = state.language == QueryLanguage::JSONata;
    check_assign(node, jsonata, report);
    for (const std::string_view field : {"Choices", "Catch"}) {
      const auto list = member(node, field, Node::Kind::Array);
      if (!list) continue;
      for (auto item = list->first_child(); item; item = item->next_sibling()) check_assign(*item, jsonata, report);
    }
  }
}

}  // namespace

const Rule variable_too_large{
    .code = "ASL503",
    .name = "variable-too-large",
    .severity = Severity::Error,
    .summary = "A constant that is larger than any variable may be.",
    .why = "A variable ends at 262,144 bytes: the state fails.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Assign": {"text": "small"}, "Next": "B"},
  "B": {"Type": "Pass", "Parameters": {"a.$": "$text"}, "End": true}}})",
    .source = "developer guide, \"Passing data between states with variables\", limits",
    .check = check,
};

}  // namespace stepglass::analysis
