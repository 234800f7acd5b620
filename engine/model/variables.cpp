// Variables of scopes inside each other: an inner scope reads those around it and may not assign them. Source:
// developer guide, "Variable name and scope".

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/loader.h"

namespace stepglass::loading {
namespace {

/// What one scope assigns, and the scopes inside it.
struct Assigned {
  std::vector<Node> variables;
  std::vector<Node> inner;
};

std::string_view name_of(Node variable) {
  std::string_view name = variable.key();
  if (name.ends_with(".$")) name.remove_suffix(2);
  return name;
}

void add_variables(Node object, Assigned& assigned) {
  if (!object.is_object()) return;
  for (auto member = object.first_child(); member; member = member->next_sibling()) {
    if (member->key() != "Assign" || !member->is_object()) continue;
    for (auto name = member->first_child(); name; name = name->next_sibling()) assigned.variables.push_back(*name);
  }
}

void add_inner(Node processor, Assigned& assigned) {
  // A distributed Map's children are executions of their own, which see nothing of the variables around them.
  const auto config = processor.is_object() ? processor.find("ProcessorConfig") : std::nullopt;
  const auto mode = config && config->is_object() ? config->find("Mode") : std::nullopt;
  if (mode && mode->is_string() && mode->text() == "DISTRIBUTED") return;
  assigned.inner.push_back(processor);
}

Assigned look_through(Node scope) {
  Assigned assigned;
  const auto states = scope.is_object() ? scope.find("States") : std::nullopt;
  if (!states || !states->is_object()) return assigned;
  for (auto state = states->first_child(); state; state = state->next_sibling()) {
    if (!state->is_object()) continue;
    add_variables(*state, assigned);
    for (auto field = state->first_child(); field; field = field->next_sibling()) {
      const std::string_view key = field->key();
      if (field->is_array() && (key == "Catch" || key == "Choices")) {
        for (auto item = field->first_child(); item; item = item->next_sibling()) add_variables(*item, assigned);
      } else if (field->is_array() && key == "Branches") {
        for (auto branch = field->first_child(); branch; branch = branch->next_sibling()) add_inner(*branch, assigned);
      } else if (key == "ItemProcessor" || key == "Iterator") {
        add_inner(*field, assigned);
      }
    }
  }
  return assigned;
}

/// `around`: the names that scopes around `scope` assign. Recursion follows the nesting of the definition, which
/// read_json bounds by kMaxDepth.
void check_scope(Node scope, std::set<std::string_view>& around, Findings& findings) {
  const Assigned assigned = look_through(scope);
  for (const Node& variable : assigned.variables) {
    if (around.count(name_of(variable)) == 0) continue;
    const std::string name = quoted(name_of(variable));
    findings.add({.name = "variable-shadows-outer",
                  .at = variable,
                  .span = variable.key_span(),
                  .message = fmt::format("variable \"{}\" is assigned in a scope around this one, too", name),
                  .help = "choose another name: an inner scope reads the variables around it and cannot assign them"},
                 // That the service refuses it is documented; its words are not known.
                 {.message = fmt::format("Variable '{}' is already assigned in an outer scope.", name),
                  .at = variable,
                  .code = "INVALID_VARIABLE_NAME"});
  }
  if (assigned.inner.empty()) return;
  std::vector<std::string_view> added;
  for (const Node& variable : assigned.variables) {
    if (around.insert(name_of(variable)).second) added.push_back(name_of(variable));
  }
  for (const Node& inner : assigned.inner) check_scope(inner, around, findings);
  for (const std::string_view name : added) around.erase(name);
}

}  // namespace

void Loader::report_shadowing(Node machine) {
  if (scopes_ < 2) return;
  std::set<std::string_view> around;
  check_scope(machine, around, findings_);
}

}  // namespace stepglass::loading
