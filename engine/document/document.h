#pragma once
// A document: JSON or YAML text as a tree in which every key and every value knows its place. Reading survives broken
// text: there is a tree of what could be understood, and a diagnostic with its place for everything that could not.
//
//   const Document document = read_json(text);
//   for (const Diagnostic& d : document.diagnostics()) …
//   if (auto root = document.root()) for (Node child : root->children()) …

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/diagnostic.h"
#include "engine/document/text_map.h"
#include "engine/support/result.h"
#include "engine/support/span.h"
#include "engine/value/value.h"

namespace stepglass {

class Document;
struct JsonLayout;
struct SpaceChange;
namespace detail {
struct DocumentContent;
}

class Node;
/// Gives the text that is to stand in place of a value; nothing where the value stays.
using Replacement = std::function<std::optional<std::string>(const Node&)>;

/// One value in a document: a light handle, valid as long as the Document, also when that is moved.
class Node {
 public:
  enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

  Kind kind() const;
  bool is_object() const { return kind() == Kind::Object; }
  bool is_array() const { return kind() == Kind::Array; }
  bool is_string() const { return kind() == Kind::String; }
  bool is_number() const { return kind() == Kind::Number; }
  bool is_boolean() const { return kind() == Kind::Boolean; }
  bool is_null() const { return kind() == Kind::Null; }

  /// The bytes of the value, quotes and brackets included. An empty span marks a null that stands for a missing value.
  Span span() const;
  /// The decoded key under which this stands in an object; empty for items and the root.
  std::string_view key() const;
  /// The bytes of the key, quotes included; empty span for items, the root and a key that is missing in broken text.
  Span key_span() const;
  /// Position among its siblings, from 0.
  std::size_t index() const;
  std::optional<Node> parent() const;

  /// Decoded text. Strings only.
  std::string_view text() const;
  /// The decoded text with the place of each of its bytes in the document, through escapes and block scalars. Strings
  /// only.
  MappedText mapped_text() const;
  /// The bytes of the document that the bytes [begin, end) of text() stand for. O(text). Strings only.
  Span text_span(std::size_t begin, std::size_t end) const;
  /// The YAML tag, such as "!Sub" or "!GetAtt"; mostly empty.
  std::string_view tag() const;
  /// Booleans only.
  bool boolean() const;
  /// The number as a Value (Integer, Unsigned or Double). Numbers only.
  Value number() const;

  /// Number of members or items.
  std::size_t size() const;
  /// First child and next sibling: `for (auto c = n.first_child(); c; c = c->next_sibling())`.
  std::optional<Node> first_child() const;
  std::optional<Node> next_sibling() const;
  /// The members or items in order, for range-for.
  std::vector<Node> children() const;
  /// The member `key`; of equal keys the last, as every JSON parser takes it. A scan: children are to be walked once.
  std::optional<Node> find(std::string_view key) const;

  /// The whole value, shared from the first call on.
  Value value() const;
  /// JSON pointer from the root (RFC 6901), e.g. /States/Pay/Retry/0.
  std::string pointer() const;

  friend bool operator==(const Node& a, const Node& b) { return a.content_ == b.content_ && a.id_ == b.id_; }

 private:
  friend class Document;
  friend Document part_of(const Node& root, const Replacement& replacement);
  Node(const detail::DocumentContent* content, std::uint32_t id) : content_(content), id_(id) {}
  const detail::DocumentContent* content_;
  std::uint32_t id_;
};

/// A place for people: line from 1, column from 1 in UTF-16 units, as editors count.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

class Document {
 public:
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// The text that was read, unchanged.
  std::string_view text() const;
  /// The value at the top; nothing when no value could be understood.
  std::optional<Node> root() const;
  /// What is wrong with the text itself, in the order of places.
  const Diagnostics& diagnostics() const;
  /// Line and column of a byte offset. O(log lines); the lines are found when first asked.
  Position position(std::size_t offset) const;
  /// Back: the start of the character there; of a column behind the line its end, of a line behind the text the text's.
  std::size_t offset(Position position) const;

 private:
  friend Document read_json(std::string text);
  friend Document read_definition_json(std::string text);
  friend Document read_json_part(const Document& host, MappedText part);
  friend Document read_yaml(std::string text);
  friend Document unread_document(std::string text);
  friend Document part_of(const Node& root, const Replacement& replacement);
  friend Result<std::vector<SpaceChange>, Diagnostic> format_json(const Document& document, const JsonLayout& layout);
  explicit Document(std::unique_ptr<detail::DocumentContent> content);
  std::unique_ptr<detail::DocumentContent> content_;
};

/// Reads JSON text. Never fails: what is wrong stands in diagnostics().
///
/// * json-syntax: no JSON; at most kMaxSyntaxErrors are listed.
/// * invalid-utf8: bytes that are no UTF-8, or a text that is UTF-16.
/// * null-byte: a NUL byte inside a string; elsewhere it is json-syntax.
/// * duplicate-key: the key stands earlier in the same object, too. Both members are in the tree.
/// * nesting-too-deep: an array or object below kMaxDepth others; it is left out of the tree.
/// * lossy-number: a number that a 64-bit integer or a double does not keep (warning), or that is too large for both
///   (error; the tree has the largest double).
/// * text-too-large: over kMaxTextBytes; nothing is read.
/// * byte-order-mark: the text starts with one (info).
///
/// Text that is JSON as RFC 8259 has it gets errors named duplicate-key, nesting-too-deep, lossy-number and
/// text-too-large only.
Document read_json(std::string text);

/// The same for a definition before its deployment: placeholders that stand where JSON has a value, as in
/// {"Seconds": ${Wait}} or {"Seconds": {{ wait }}}, are strings without a diagnostic, and directives of template
/// engines, {% … %} and %{ … }, are blanks.
Document read_definition_json(std::string text);

/// Reads `part`, JSON text that was taken out of `host`, as read_definition_json does. Its text(), places and
/// diagnostics are those of the host, whose text it shares.
Document read_json_part(const Document& host, MappedText part);

/// A text in another language, which is the host of parts: it has no root and no diagnostics.
Document unread_document(std::string text);

/// The value at `root` as a document of its own, with the text and the places of the document that it is from; its
/// pointers start at `root`. Where `replacement` gives a text, the value is a string with that text. Its diagnostics
/// are those inside `root`.
Document part_of(const Node& root, const Replacement& replacement);

/// Reads YAML text as YAML 1.2's core schema has it: true, false, null and numbers are no strings; yes, no, on, off,
/// 1:30 and dates are. (YAML 1.1, which CloudFormation reads, takes the former for booleans: yaml-ambiguous.) Of
/// several documents the first is read. Never fails: what is wrong stands in diagnostics().
///
/// * yaml-syntax: no YAML; what comes before is in the tree.
/// * yaml-alias: an alias without anchor, one inside its own anchor, or aliases that expand to more than
///   kMaxYamlAliasNodes; it is null in the tree. Aliases and merge keys (<<) are expanded; what they stand for has the
///   places of the anchor.
/// * yaml-key: a key that is no scalar; the member is left out.
/// * yaml-tag: a tag that neither YAML's core schema nor CloudFormation has (warning).
/// * yaml-documents: there are more documents (warning).
/// * yaml-ambiguous: a word that YAML 1.1 and 1.2 take for different values (info).
/// * yaml-unavailable: this program was built without YAML; nothing is read.
/// * invalid-utf8, null-byte, duplicate-key, nesting-too-deep (kMaxYamlDepth), text-too-large, byte-order-mark,
///   lossy-number: as in read_json.
Document read_yaml(std::string text);

/// Reads JSON text that only its value matters of, such as an input or a mock; strict, and quicker than read_json with
/// Node::value.
/// Of equal keys the last stays, numbers become the nearest double when they are no 64-bit integer. Fails with the
/// first error that read_json would list, duplicate keys aside: `repeats_keys` says whether there are any.
Result<Value, Diagnostic> read_value(std::string_view text, bool* repeats_keys = nullptr);

}  // namespace stepglass
