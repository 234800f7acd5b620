#include "analysis/api/complete.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "analysis/sources/find_definitions.h"
#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "engine/model/context_object.h"
#include "engine/model/vocabulary.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// What an array or object on the way from the root is.
struct Role {
  enum class What : std::uint8_t { Object, List, States, Other };
  What what = What::Other;
  ObjectKind kind = ObjectKind::Machine;  // of the object, or of the items of the list
};

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

/// Fields that take one of a few words.
struct Words {
  std::string_view field;
  std::span<const std::string_view> words;
};
constexpr std::string_view kLanguages[] = {"JSONPath", "JSONata"};
constexpr std::string_view kExecutionTypes[] = {"STANDARD", "EXPRESS"};
constexpr std::string_view kModes[] = {"INLINE", "DISTRIBUTED"};
constexpr std::string_view kJitter[] = {"FULL", "NONE"};
constexpr std::string_view kInputTypes[] = {"CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"};
constexpr Words kWords[] = {{"QueryLanguage", kLanguages},
                            {"ExecutionType", kExecutionTypes},
                            {"Mode", kModes},
                            {"JitterStrategy", kJitter},
                            {"InputType", kInputTypes}};

bool holds(Span span, std::size_t offset) { return span.begin <= offset && offset <= span.end && span.end > span.begin; }

/// The byte at a line and a column; the end of the line where that is shorter.
std::size_t offset_of(std::string_view text, Position position) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < position.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (std::uint32_t column = 1; column < position.column && at < text.size() && text[at] != '\n';) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    column += length == 4 ? 2 : 1;
    at += length;
  }
  return std::min(at, text.size());
}

/// Where the place is: the objects around it, and what stands there.
struct Place {
  Node object;             // the innermost object or array
  Role role;
  std::optional<Node> child;  // the member whose key or value the place is in
  bool in_key = false;
  std::optional<Node> scope;  // the innermost machine, branch or processor
  std::optional<Node> state;  // the innermost state
  QueryLanguage language = QueryLanguage::JSONPath;
  /// The innermost object of the language whose fields are known, and which of them the place is in.
  ObjectKind owner = ObjectKind::Machine;
  std::string_view field = {};
};

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

Place find_place(const Document& document, const Node& root, std::size_t offset, bool is_yaml) {
  Place place{.object = root, .role = {Object, ObjectKind::Machine}, .child = {}, .scope = root, .state = {}};
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

class Completer {
 public:
  Completer(const Document& document, const Place& place, std::size_t offset, bool is_yaml)
      : document_(document), place_(place), offset_(offset), is_yaml_(is_yaml) {}

  Completions complete() {
    out_.replaced = {static_cast<std::uint32_t>(offset_), static_cast<std::uint32_t>(offset_)};
    const bool is_item = place_.object.is_array();
    if (place_.in_key || (!place_.child && !is_item)) {
      if (place_.role.what == Object) fields();
    } else {
      values();
    }
    out_.start = document_.position(out_.replaced.begin);
    out_.end = document_.position(out_.replaced.end);
    return std::move(out_);
  }

 private:
  void add(std::string_view label, CompletionKind kind, std::string_view detail = {}, std::string text = {}) {
    out_.items.push_back({std::string(label), std::move(text), std::string(detail), kind});
  }

  void fields() {
    std::string_view type;
    if (place_.role.kind == ObjectKind::State) {
      if (const auto node = place_.object.find("Type"); node && node->is_string()) type = node->text();
    }
    const bool quoted = place_.in_key && text_at(place_.child->key_span().begin) == '"';
    if (place_.in_key) out_.replaced = inside(place_.child->key_span());
    for (const std::string_view name : field_names(place_.role.kind, place_.language, type)) {
      const auto there = place_.object.find(name);
      if (there && !(place_.in_key && *there == *place_.child)) continue;
      std::string text;
      if (!place_.in_key) text = is_yaml_ ? fmt::format("{}: ", name) : fmt::format("\"{}\": ", name);
      if (place_.in_key && !quoted && !is_yaml_) text = fmt::format("\"{}\"", name);
      add(name, CompletionKind::Field, type, std::move(text));
    }
  }

  char text_at(std::size_t offset) const { return offset < document_.text().size() ? document_.text()[offset] : '\0'; }

  /// What is inside of the quotes, where there are some.
  Span inside(Span span) const {
    const char first = text_at(span.begin);
    if ((first != '"' && first != '\'') || span.end <= span.begin) return span;
    const bool closed = span.end - span.begin >= 2 && text_at(span.end - 1) == first;
    return {span.begin + 1, closed ? span.end - 1 : span.end};
  }

  void values() {
    const bool is_item = place_.object.is_array();
    // Items of ErrorEquals have the array's own key.
    const std::string_view key = is_item ? place_.object.key() : place_.child->key();
    const bool in_string = place_.child && place_.child->is_string();
    if (in_string) {
      const Span content = inside(place_.child->span());
      const std::string_view before = document_.text().substr(content.begin, offset_ - content.begin);
      if (offset_ >= content.begin && offset_ <= content.end && expression(before, key)) return;
      out_.replaced = content;
    }
    if (key == "ErrorEquals") {
      for (const std::string_view name : predefined_error_names()) value(name, CompletionKind::Error);
    }
    if (is_item || place_.role.what != Object) return;
    if (key == "StartAt") states_of(place_.object);
    if (key == "Next" || key == "Default") states_of(*place_.scope);
    if (place_.role.kind == ObjectKind::State) {
      if (key == "Type") {
        for (const std::string_view name : state_type_names()) value(name, CompletionKind::Value);
      } else if (key == "Resource") {
        for (const std::string& arn : integration_resources()) value(arn, CompletionKind::Value);
      } else if (key == "End") {
        add("true", CompletionKind::Value);
      }
    }
    for (const Words& row : kWords) {
      if (row.field != key) continue;
      for (const std::string_view word : row.words) value(word, CompletionKind::Value);
    }
  }

  /// A string: with its quotes where none stand around the place.
  void value(std::string_view label, CompletionKind kind) {
    std::string text;
    const bool quoted = out_.replaced.begin > 0 && (text_at(out_.replaced.begin - 1) == '"' ||
                                                    (is_yaml_ && text_at(out_.replaced.begin - 1) == '\''));
    if (!quoted && !is_yaml_) append_json_string(text, label);
    if (quoted) {
      append_json_string(text, label);
      text = text.substr(1, text.size() - 2);
      if (text == label) text.clear();
    }
    add(label, kind, {}, std::move(text));
  }

  void states_of(const Node& scope) {
    const auto states = scope.find("States");
    if (!states || !states->is_object()) return;
    for (auto child = states->first_child(); child; child = child->next_sibling()) {
      if (place_.state && *child == *place_.state) {
        own_ = child->key();
        continue;
      }
      value(child->key(), CompletionKind::State);
    }
    // A state may go to itself, but that is rarely meant.
    if (own_) value(*own_, CompletionKind::State);
  }

  /// Inside of an expression; false when the string is none.
  bool expression(std::string_view before, std::string_view key) {
    const bool is_jsonata = place_.language == QueryLanguage::JSONata && before.starts_with("{%");
    const bool is_path = place_.language == QueryLanguage::JSONPath &&
                         (key.ends_with(".$") || key.ends_with("Path") || key == "Variable");
    if (!is_jsonata && !is_path) return false;
    std::size_t begin = before.size();
    while (begin > 0 && is_word(before[begin - 1])) --begin;
    out_.replaced.begin = static_cast<std::uint32_t>(offset_ - (before.size() - begin));
    // A result is written into the input only.
    if (key == "ResultPath") return true;
    for (const std::string_view name : variables()) {
      add(fmt::format("${}", name), CompletionKind::Variable, "variable");
    }
    if (is_jsonata) {
      const std::string_view field = place_.role.what == Object ? key : place_.field;
      const bool is_result = field == "Output" || field == "Assign";
      add("$states.input", CompletionKind::Variable);
      add("$states.context", CompletionKind::Variable);
      const auto type = place_.state ? place_.state->find("Type") : std::nullopt;
      const bool has_result = type && type->is_string() &&
                              (type->text() == "Task" || type->text() == "Parallel" || type->text() == "Map");
      if (is_result && has_result && place_.owner == ObjectKind::State) add("$states.result", CompletionKind::Variable);
      if (is_result && place_.owner == ObjectKind::Catcher) add("$states.errorOutput", CompletionKind::Variable);
      for (const jsonata::Function* function : jsonata::functions()) {
        add(fmt::format("${}", function->name), CompletionKind::Function, function->example);
      }
      return true;
    }
    for (const std::string& way : context_ways()) add("$$." + way, CompletionKind::Path, "context object");
    if (key.ends_with(".$")) {
      for (const intrinsic::Function& function : intrinsic::functions()) {
        add(function.name, CompletionKind::Function, function.example);
      }
    }
    return true;
  }

  static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.';
  }

  /// The names that some Assign of the machine gives a value.
  std::set<std::string_view> variables() const {
    std::set<std::string_view> names;
    std::vector<Node> left{*document_.root()};
    while (!left.empty()) {
      const Node node = left.back();
      left.pop_back();
      for (auto child = node.first_child(); child; child = child->next_sibling()) {
        if (child->is_object() || child->is_array()) left.push_back(*child);
        if (node.key() != "Assign" || !node.is_object()) continue;
        std::string_view name = child->key();
        if (name.ends_with(".$")) name.remove_suffix(2);
        names.insert(name);
      }
    }
    return names;
  }

  const Document& document_;
  const Place& place_;
  std::size_t offset_;
  bool is_yaml_;
  std::optional<std::string_view> own_;
  Completions out_;
};

}  // namespace

std::string_view completion_kind_name(CompletionKind kind) {
  constexpr std::string_view kNames[] = {"field", "value", "state", "variable", "function", "error", "path"};
  return kNames[static_cast<std::size_t>(kind)];
}

Completions complete(std::string text, std::string_view filename, Position position) {
  const std::size_t offset = offset_of(text, position);
  const FoundInFile found = find_expected_definitions(std::move(text), filename);
  for (const FoundMachine& machine : found.machines) {
    const auto root = machine.definition ? machine.definition->root() : std::nullopt;
    if (!root || !root->is_object() || (found.machines.size() > 1 && !holds(root->span(), offset))) continue;
    if (is_behind(*root, *machine.definition, offset)) return {};
    const bool is_yaml = !machine.definition->text().substr(root->span().begin).starts_with('{');
    const Place place = find_place(*machine.definition, *root, offset, is_yaml);
    return Completer(*machine.definition, place, offset, is_yaml).complete();
  }
  return {};
}

}  // namespace stepglass::analysis
