// Variables of scopes inside each other: an inner scope reads those around it and may not assign them. Source:
// developer guide, "Variable name and scope".

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/loader.h"

namespace stepglass::loading {
namespace {

/// What one scope assigns and the scopes inside it, each with the position of its state.
struct Assigned {
  std::vector<std::pair<Node, std::size_t>> variables;
  std::vector<std::pair<Node, std::size_t>> inner;
};

std::string_view name_of(Node variable) {
  std::string_view name = variable.key();
  if (name.ends_with(".$")) name.remove_suffix(2);
  return name;
}

void add_variables(Node object, std::size_t state, Assigned& assigned) {
  if (!object.is_object()) return;
  for (auto member = object.first_child(); member; member = member->next_sibling()) {
    if (member->key() != "Assign" || !member->is_object()) continue;
    for (auto name = member->first_child(); name; name = name->next_sibling()) {
      assigned.variables.emplace_back(*name, state);
    }
  }
}

void add_inner(Node processor, std::size_t state, Assigned& assigned) {
  // A distributed Map's children are executions of their own, which see nothing of the variables around them.
  const auto config = processor.is_object() ? processor.find("ProcessorConfig") : std::nullopt;
  const auto mode = config && config->is_object() ? config->find("Mode") : std::nullopt;
  if (mode && mode->is_string() && mode->text() == "DISTRIBUTED") return;
  assigned.inner.emplace_back(processor, state);
}

Assigned look_through(Node scope) {
  Assigned assigned;
  const auto states = scope.is_object() ? scope.find("States") : std::nullopt;
  if (!states || !states->is_object()) return assigned;
  std::size_t count = 0;
  for (auto state = states->first_child(); state; state = state->next_sibling()) {
    if (!state->is_object()) continue;
    const std::size_t index = ++count;
    add_variables(*state, index, assigned);
    for (auto field = state->first_child(); field; field = field->next_sibling()) {
      const std::string_view key = field->key();
      if (field->is_array() && (key == "Catch" || key == "Choices")) {
        for (auto item = field->first_child(); item; item = item->next_sibling()) add_variables(*item, index, assigned);
      } else if (field->is_array() && key == "Branches") {
        for (auto branch = field->first_child(); branch; branch = branch->next_sibling())
          add_inner(*branch, index, assigned);
      } else if (key == "ItemProcessor" || key == "Iterator") {
        add_inner(*field, index, assigned);
      }
    }
  }
  return assigned;
}

/// `around`: the names that scopes around `scope` assign, and how often. Recursion follows the nesting of the
/// definition, which read_json bounds by kMaxDepth.
void check_scope(Node scope, std::map<std::string_view, std::size_t>& around, Findings& findings) {
  const Assigned assigned = look_through(scope);
  for (const auto& [variable, state] : assigned.variables) {
    const auto outer = around.find(name_of(variable));
    if (outer == around.end() || outer->second == 0) continue;
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
  // What the Parallel or Map itself assigns, in its Assign or a Catch, comes when the scope inside has ended, and the
  // service takes the same name there. Recorded: ls/states_variables/test_error_output test_parallel_catch_error.
  std::vector<std::vector<std::string_view>> own;
  for (const auto& [variable, state] : assigned.variables) {
    ++around[name_of(variable)];
    if (own.size() <= state) own.resize(state + 1);
    own[state].push_back(name_of(variable));
  }
  const auto add_own = [&](std::size_t state, std::size_t by) {
    if (state >= own.size()) return;
    for (const std::string_view name : own[state]) around[name] += by;
  };
  std::size_t owner = 0;
  for (const auto& [inner, state] : assigned.inner) {
    if (state != owner) {
      add_own(owner, 1);
      owner = state;
      add_own(owner, static_cast<std::size_t>(-1));
    }
    check_scope(inner, around, findings);
  }
  add_own(owner, 1);
  for (const auto& [variable, state] : assigned.variables) --around[name_of(variable)];
}

}  // namespace

void Loader::report_shadowing(Node machine) {
  if (scopes_ < 2) return;
  std::map<std::string_view, std::size_t> around;
  check_scope(machine, around, findings_);
}

}  // namespace stepglass::loading
