#include "analysis/api/complete.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <utility>

#include "analysis/api/meanings.h"
#include "analysis/api/place.h"
#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "engine/model/context_object.h"
#include "engine/model/vocabulary.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

using enum Role::What;

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

class Completer {
 public:
  explicit Completer(const Place& place)
      : document_(*place.document), place_(place), offset_(place.offset), is_yaml_(place.is_yaml) {}

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
  void add(std::string_view label, WordKind kind, std::string_view detail = {}, std::string text = {}) {
    out_.items.push_back({std::string(label), std::move(text), std::string(detail), kind});
  }

  void fields() {
    std::string_view type;
    if (place_.role.kind == ObjectKind::State) {
      if (const auto node = place_.object.find("Type"); node && node->is_string()) type = node->text();
    }
    const bool quoted = place_.in_key && inside_quotes(document_, place_.child->key_span()) != place_.child->key_span();
    if (place_.in_key) out_.replaced = inside_quotes(document_, place_.child->key_span());
    for (const std::string_view name : field_names(place_.role.kind, place_.language, type)) {
      const auto there = place_.object.find(name);
      if (there && !(place_.in_key && *there == *place_.child)) continue;
      std::string text;
      if (!place_.in_key) text = is_yaml_ ? fmt::format("{}: ", name) : fmt::format("\"{}\": ", name);
      if (place_.in_key && !quoted && !is_yaml_) text = fmt::format("\"{}\"", name);
      add(name, WordKind::Field, field_meaning(place_.role.kind, name), std::move(text));
    }
  }

  char text_at(std::size_t offset) const { return offset < document_.text().size() ? document_.text()[offset] : '\0'; }

  void values() {
    const bool is_item = place_.object.is_array();
    // Items of ErrorEquals have the array's own key.
    const std::string_view key = is_item ? place_.object.key() : place_.child->key();
    const bool in_string = place_.child && place_.child->is_string();
    if (in_string) {
      const Span content = inside_quotes(document_, place_.child->span());
      const std::string_view before = document_.text().substr(content.begin, offset_ - content.begin);
      if (offset_ >= content.begin && offset_ <= content.end && expression(before, key)) return;
      out_.replaced = content;
    }
    if (key == "ErrorEquals") {
      for (const std::string_view name : predefined_error_names()) value(name, WordKind::Error);
    }
    if (is_item || place_.role.what != Object) return;
    if (key == "StartAt") states_of(place_.object);
    if (key == "Next" || key == "Default") states_of(*place_.scope);
    if (place_.role.kind == ObjectKind::State) {
      if (key == "Type") {
        for (const std::string_view name : state_type_names()) value(name, WordKind::Value);
      } else if (key == "Resource") {
        for (const std::string& arn : integration_resources()) value(arn, WordKind::Value);
      } else if (key == "End") {
        add("true", WordKind::Value);
      }
    }
    for (const Words& row : kWords) {
      if (row.field != key) continue;
      for (const std::string_view word : row.words) value(word, WordKind::Value);
    }
  }

  /// A string: with its quotes where none stand around the place.
  void value(std::string_view label, WordKind kind) {
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
      value(child->key(), WordKind::State);
    }
    // A state may go to itself, but that is rarely meant.
    if (own_) value(*own_, WordKind::State);
  }

  /// Inside of an expression; false when the string is none.
  bool expression(std::string_view before, std::string_view key) {
    if (!is_expression(place_, key, place_.child->text())) return false;
    const bool is_jsonata = place_.language == QueryLanguage::JSONata;
    std::size_t begin = word_at(before, before.size()).begin;
    // A line's end is written \\n in front of it.
    const std::size_t dollar = before.find('$', begin);
    if (dollar != std::string_view::npos) begin = dollar;
    out_.replaced.begin = static_cast<std::uint32_t>(offset_ - (before.size() - begin));
    // A result is written into the input only.
    if (key == "ResultPath") return true;
    for (const auto& [name, states] : assigned_variables(*document_.root())) {
      add(fmt::format("${}", name), WordKind::Variable, "variable");
    }
    if (is_jsonata) {
      const std::string_view field = place_.role.what == Object ? key : place_.field;
      const bool is_result = field == "Output" || field == "Assign";
      add("$states.input", WordKind::Variable);
      add("$states.context", WordKind::Variable);
      const auto type = place_.state ? place_.state->find("Type") : std::nullopt;
      const bool has_result = type && type->is_string() &&
                              (type->text() == "Task" || type->text() == "Parallel" || type->text() == "Map");
      if (is_result && has_result && place_.owner == ObjectKind::State) add("$states.result", WordKind::Variable);
      if (is_result && place_.owner == ObjectKind::Catcher) add("$states.errorOutput", WordKind::Variable);
      for (const jsonata::Function* function : jsonata::functions()) {
        add(fmt::format("${}", function->name), WordKind::Function, function->example);
      }
      return true;
    }
    for (const std::string& way : context_ways()) add("$$." + way, WordKind::Path, "context object");
    if (key.ends_with(".$")) {
      for (const intrinsic::Function& function : intrinsic::functions()) {
        add(function.name, WordKind::Function, function.example);
      }
    }
    return true;
  }

  const Document& document_;
  const Place& place_;
  std::size_t offset_;
  bool is_yaml_;
  std::optional<std::string_view> own_;
  Completions out_;
};

}  // namespace

Completions complete(std::string text, std::string_view filename, Position position) {
  const FoundInFile found = find_expected_definitions(std::move(text), filename);
  const auto place = find_place(found, position);
  return place ? Completer(*place).complete() : Completions();
}

}  // namespace stepglass::analysis
