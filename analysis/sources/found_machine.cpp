#include "analysis/sources/found_machine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// States below `scope`, which has "States". Recursive; a document is at most kMaxDepth deep.
std::size_t count_below(const Node& scope) {
  std::size_t count = 0;
  const auto states = scope.find("States");
  if (!states || !states->is_object()) return 0;
  for (auto state = states->first_child(); state; state = state->next_sibling()) {
    ++count;
    for (auto field = state->first_child(); field; field = field->next_sibling()) {
      if (field->key() == "Iterator" || field->key() == "ItemProcessor") {
        count += count_below(*field);
      } else if (field->key() == "Branches") {
        for (auto branch = field->first_child(); branch; branch = branch->next_sibling()) count += count_below(*branch);
      }
    }
  }
  return count;
}

bool has_object(const FoundMachine& machine) {
  const auto root = machine.definition ? machine.definition->root() : std::nullopt;
  return root && root->is_object();
}

/// Why a machine cannot be looked at, though it is there.
NoMachine unread(const FoundMachine& machine) {
  const std::string name = display_word(machine.name);
  if (machine.definition) {
    std::string message = fmt::format("holds no definition of \"{}\" that can be read", name);
    for (const Diagnostic& found : machine.definition->diagnostics()) {
      if (found.severity == Severity::Error) return {message + ": " + display(found.message), {}};
    }
    return {message + ": it is no object", "write {\"StartAt\": …, \"States\": {…}}"};
  }
  const std::string reason = machine.reason.empty() ? std::string() : ": " + display(machine.reason);
  if (machine.file.empty()) return {fmt::format("does not hold the definition of \"{}\"{}", name, reason), {}};
  return {fmt::format("says that the definition of \"{}\" is in {}{}", name, display(machine.file), reason),
          "give that file instead"};
}

}  // namespace

Result<const FoundMachine*, NoMachine> machine_named(const std::vector<FoundMachine>& machines, std::string_view name) {
  const FoundMachine* other = nullptr;
  std::vector<std::string> names;
  for (const FoundMachine& machine : machines) {
    names.push_back(display_word(machine.name));
    if (!name.empty() && machine.name != name) continue;
    if (has_object(machine)) return &machine;
    if (!other) other = &machine;
  }
  if (other) return unread(*other);
  if (machines.empty()) return NoMachine{"holds no definition", {}};
  return NoMachine{fmt::format("holds no state machine \"{}\"", display_word(name)),
                   fmt::format("it holds {}", fmt::join(names, ", "))};
}

std::string_view form_name(Form form) {
  switch (form) {
    case Form::File:
      return "file";
    case Form::Nested:
      return "nested";
    case Form::TemplateObject:
      return "cfn-object";
    case Form::TemplateString:
      return "cfn-string";
    case Form::TemplateUri:
      return "cfn-uri";
    case Form::Serverless:
      return "serverless";
    case Form::ServerlessFile:
      return "serverless-file";
    case Form::Heredoc:
      return "heredoc";
    case Form::Jsonencode:
      return "jsonencode";
    case Form::TerraformFile:
      return "terraform-file";
    case Form::Unread:
      return "unread";
  }
  return "";
}

std::size_t count_states(const Document& definition) {
  return definition.root() ? count_below(*definition.root()) : 0;
}

}  // namespace stepglass::analysis
