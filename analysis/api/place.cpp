#include "analysis/api/place.h"

#include <algorithm>
#include <span>
#include <utility>

namespace stepglass::analysis {
namespace {

struct Child {
  std::string_view key;
  Role role;
};

using enum Role::What;
constexpr Child kOfScope[] = {{"States", {States}}, {"ProcessorConfig", {Object, ObjectKind::ProcessorConfig}}};
constexpr Child kOfState[] = {{"Branches", {List, ObjectKind::Branch}},
                              {"ItemProcessor", {Object, ObjectKind::Processor}},
                              {"Iterator", {Object, ObjectKind::Processor}},
                              {"Retry", {List, ObjectKind::Retrier}},
                              {"Catch", {List, ObjectKind::Catcher}},
                              {"Choices", {List, ObjectKind::ChoiceRule}},
                              {"ItemReader", {Object, ObjectKind::ItemReader}},
                              {"ItemBatcher", {Object, ObjectKind::ItemBatcher}},
                              {"ResultWriter", {Object, ObjectKind::ResultWriter}}};
constexpr Child kOfRule[] = {{"And", {List, ObjectKind::InnerChoiceRule}},
                             {"Or", {List, ObjectKind::InnerChoiceRule}},
                             {"Not", {Object, ObjectKind::InnerChoiceRule}}};
constexpr Child kOfReader[] = {{"ReaderConfig", {Object, ObjectKind::ReaderConfig}}};
constexpr Child kOfWriter[] = {{"WriterConfig", {Object, ObjectKind::WriterConfig}}};

std::span<const Child> children_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Machine:
    case ObjectKind::Branch:
    case ObjectKind::Processor:
      return kOfScope;
    case ObjectKind::State:
      return kOfState;
    case ObjectKind::ChoiceRule:
    case ObjectKind::InnerChoiceRule:
      return kOfRule;
    case ObjectKind::ItemReader:
      return kOfReader;
    case ObjectKind::ResultWriter:
      return kOfWriter;
    default:
      return {};
  }
}

Role role_below(Role role, std::string_view key) {
  if (role.what == States) return {Object, ObjectKind::State};
  if (role.what == List) return {Object, role.kind};
  if (role.what != Object) return {Other};
  for (const Child& child : children_of(role.kind)) {
    if (child.key == key) return child.role;
  }
  return {Other};
}

bool holds(Span span, std::size_t offset) { return span.begin <= offset && offset <= span.end && span.end > span.begin; }

void look_at_language(const Node& node, QueryLanguage& language) {
  const auto word = node.find("QueryLanguage");
  if (word && word->is_string()) {
    language = word->text() == "JSONata" ? QueryLanguage::JSONata : QueryLanguage::JSONPath;
  }
}

/// Behind the bracket that closes `node`; YAML and texts that break off have none.
bool is_behind(const Node& node, const Document& document, std::size_t offset) {
  const std::size_t end = node.span().end;
  return offset >= end && end > 0 && (document.text()[end - 1] == '}' || document.text()[end - 1] == ']');
}

/// The member whose value is still to be written: the place stands behind its colon.
std::optional<Node> member_without_value(const Node& object, std::string_view text, std::size_t offset) {
  std::size_t at = offset;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  if (at == 0 || text[at - 1] != ':') return std::nullopt;
  std::optional<Node> last;
  for (auto child = object.first_child(); child; child = child->next_sibling()) {
    if (child->key_span().end > 0 && child->key_span().end < offset) last = child;
  }
  return last;
}

/// In YAML, the member of `object` that a line with nothing but this column's indentation goes on.
std::optional<Node> member_of_indentation(const Node& object, const Document& document, std::size_t offset) {
  std::optional<Node> last;
  for (auto child = object.first_child(); child; child = child->next_sibling()) {
    if (child->span().begin < offset) last = child;
  }
  if (!last || !last->is_object()) return std::nullopt;
  const auto first = last->first_child();
  if (!first || document.position(first->key_span().begin).column > document.position(offset).column) {
    return std::nullopt;
  }
  return last;
}

Place place_in(const Document& document, const Node& root, std::size_t offset) {
  const bool is_yaml = !document.text().substr(root.span().begin).starts_with('{');
  Place place{.document = &document,
              .offset = offset,
              .is_yaml = is_yaml,
              .object = root,
              .role = {Object, ObjectKind::Machine},
              .child = {},
              .scope = root,
              .state = {}};
  look_at_language(root, place.language);
  while (true) {
    place.child.reset();
    if (place.role.what == Object) place.owner = place.role.kind;
    for (auto child = place.object.first_child(); child; child = child->next_sibling()) {
      place.in_key = holds(child->key_span(), offset);
      if (place.in_key || holds(child->span(), offset)) {
        place.child = child;
        break;
      }
    }
    if (!place.child && place.object.is_object()) {
      place.child = member_without_value(place.object, document.text(), offset);
      if (place.child && !place.child->is_object() && !place.child->is_array()) return place;
      place.child.reset();
      if (is_yaml) place.child = member_of_indentation(place.object, document, offset);
    }
    if (!place.child || place.in_key || !(place.child->is_object() || place.child->is_array())) return place;
    // In front of its first bracket and behind its last, the place is in what is around.
    if (offset == place.child->span().begin || is_behind(*place.child, document, offset)) return place;
    if (place.role.what == Object) place.field = place.child->key();
    place.role = role_below(place.role, place.child->key());
    place.object = *place.child;
    if (place.role.what != Object) continue;
    switch (place.role.kind) {
      case ObjectKind::Branch:
      case ObjectKind::Processor:
        place.scope = place.object;
        break;
      case ObjectKind::State:
        place.state = place.object;
        look_at_language(place.object, place.language);
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::string_view word_kind_name(WordKind kind) {
  constexpr std::string_view kNames[] = {"field", "value", "state", "variable", "function", "error", "path"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Place> find_place(const FoundInFile& found, Position position) {
  std::optional<std::size_t> offset;
  for (const FoundMachine& machine : found.machines) {
    const auto root = machine.definition ? machine.definition->root() : std::nullopt;
    if (!root || !root->is_object()) continue;
    // All are places of the same text.
    if (!offset) offset = machine.definition->offset(position);
    if (machine.form != Form::File && !holds(root->span(), *offset)) continue;
    if (is_behind(*root, *machine.definition, *offset)) return std::nullopt;
    return place_in(*machine.definition, *root, *offset);
  }
  return std::nullopt;
}

Span inside_quotes(const Document& document, Span span) {
  const std::string_view text = document.text().substr(span.begin, span.end - span.begin);
  // "a", 'a', \"a\", \\\"a\\\"
  const std::size_t quote = text.find_first_not_of('\\');
  if (quote == std::string_view::npos || (text[quote] != '"' && text[quote] != '\'')) return span;
  const std::string_view mark = text.substr(0, quote + 1);
  const bool is_closed = text.size() >= 2 * mark.size() && text.ends_with(mark);
  const auto length = static_cast<std::uint32_t>(mark.size());
  return {span.begin + length, is_closed ? span.end - length : span.end};
}

bool is_expression(const Place& place, std::string_view field, std::string_view text) {
  if (place.language == QueryLanguage::JSONata) return text.starts_with("{%");
  return field.ends_with(".$") || field.ends_with("Path") || field == "Variable";
}

Word word_at(std::string_view text, std::size_t offset) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  };
  Word word{offset, offset};
  while (word.begin > 0 && is_part(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && is_part(text[word.end])) ++word.end;
  return word;
}

std::map<std::string_view, std::vector<std::string_view>> assigned_variables(const Node& root) {
  struct Left {
    Node node;
    std::string_view state;
  };
  std::map<std::string_view, std::vector<std::string_view>> variables;
  std::vector<Left> left{{root, {}}};
  while (!left.empty()) {
    const auto [node, state] = left.back();
    left.pop_back();
    const bool is_assign = node.key() == "Assign" && node.is_object();
    const bool is_states = node.key() == "States" && node.is_object();
    std::vector<Node> children = node.children();
    for (const Node& child : children) {
      if (!is_assign) continue;
      std::string_view name = child.key();
      if (name.ends_with(".$")) name.remove_suffix(2);
      auto& states = variables[name];
      if (states.empty() || states.back() != state) states.push_back(state);
    }
    std::reverse(children.begin(), children.end());
    for (const Node& child : children) {
      if (child.is_object() || child.is_array()) left.push_back({child, is_states ? child.key() : state});
    }
  }
  return variables;
}

}  // namespace stepglass::analysis
