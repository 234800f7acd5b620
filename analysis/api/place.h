#pragma once
// Where a position of a text is: in which of its definitions, and at what of it. For editors that ask what can be written
// there, and what it means.

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/sources/find_definitions.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"
#include "engine/model/vocabulary.h"

namespace stepglass::analysis {

enum class WordKind : std::uint8_t { Field, Value, State, Variable, Function, Error, Path };
/// "field", "value", "state", "variable", "function", "error", "path"
std::string_view word_kind_name(WordKind kind);

/// What an array or object on the way from the root is.
struct Role {
  enum class What : std::uint8_t { Object, List, States, Other };
  What what = What::Other;
  ObjectKind kind = ObjectKind::Machine;  // of the object, or of the items of the list
};

/// The objects around a position, and what stands there.
struct Place {
  const Document* document = nullptr;
  std::size_t offset = 0;
  bool is_yaml = false;
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

/// Nothing outside of the definitions of `found`, which outlives what this gives.
std::optional<Place> find_place(const FoundInFile& found, Position position);

/// What is inside of the quotes of the key or the value at `span`, where there are some; escaped ones of a definition that
/// stands in a string among them.
Span inside_quotes(const Document& document, Span span);

/// Whether `text`, the value of `field`, is an expression at this place; of which language says the place.
bool is_expression(const Place& place, std::string_view field, std::string_view text);

/// The name in an expression, such as $states.input or States.Format, that ends at `offset` or goes on there: what stands of
/// it before and behind.
struct Word {
  std::size_t begin, end;
};
Word word_at(std::string_view text, std::size_t offset);

/// The variables that some Assign below `root` gives a value, and the states that do, in order; without the $. A Map or
/// a Parallel may stand there twice, before and behind what is in it.
std::map<std::string_view, std::vector<std::string_view>> assigned_variables(const Node& root);

}  // namespace stepglass::analysis
