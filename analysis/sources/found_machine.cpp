#include "analysis/sources/found_machine.h"

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

}  // namespace

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
