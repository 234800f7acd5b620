#pragma once
// What a Document holds. Private to engine/document.
//
// The tree is one array of small nodes in the order of the text, so that a parent comes before its children. A node
// knows offsets only: keys and strings without escapes are read from the text itself, others are decoded once into a
// common buffer, and numbers are read when somebody asks.
//
// Broken text is read from a repaired copy of it (see repair.h), and a definition inside another text from what was
// taken out of that. All offsets in nodes are then offsets of the copy, and a list of pieces leads back to the text of
// the user.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/diagnostic.h"
#include "engine/document/document.h"
#include "engine/document/key_cache.h"
#include "engine/document/position.h"
#include "engine/document/text_map.h"
#include "engine/value/value.h"

namespace stepglass::detail {

inline constexpr std::uint32_t kNone = UINT32_MAX;

/// How the text of a node is written. All but the first are YAML's.
enum class Style : std::uint8_t { Json, Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct NodeData {
  /// The token in `source`, quotes and brackets included.
  std::uint32_t begin = 0, end = 0;
  /// The key in `source`, quotes included; both 0 where there is none.
  std::uint32_t key_begin = 0, key_end = 0;
  std::uint32_t parent = kNone, next = kNone, first_child = kNone;
  std::uint32_t index = 0;  // among its siblings
  std::uint32_t size = 0;   // children
  /// Index into `decoded_ranges`; kNone where the text stands between the quotes as it is.
  std::uint32_t text = kNone, key = kNone;
  Node::Kind kind = Node::Kind::Null;
  bool boolean = false;
  Style style = Style::Json;
};

/// The YAML tag of a node, such as "!Sub".
struct Tag {
  std::uint32_t node;
  std::string name;
};

struct DocumentContent {
  /// Documents of parts of a text share it.
  std::shared_ptr<const std::string> shared_text;
  std::string_view text;
  /// The copy that was read instead of `text`, shared by documents of parts, too.
  struct Copy {
    std::string text;
    std::vector<Piece> pieces;  // not empty
  };
  std::shared_ptr<const Copy> copy;  // null when `text` itself was read
  /// What the nodes' offsets refer to: `text` or the copy's.
  std::string_view source;

  std::vector<NodeData> nodes;
  std::string decoded;
  std::vector<Span> decoded_ranges;
  std::vector<Tag> tags;  // in the order of nodes
  Diagnostics diagnostics;

  mutable std::unique_ptr<LineIndex> lines;
  mutable std::vector<Value> values;  // of strings and containers, once somebody asked; null till then
  mutable std::unique_ptr<KeyCache> keys;

  const LineIndex& line_index() const {
    if (!lines) lines = std::make_unique<LineIndex>(text);
    return *lines;
  }

  std::string_view between_quotes(std::uint32_t begin, std::uint32_t end) const {
    return source.substr(begin + 1, end - begin - 2);
  }
  std::string_view decoded_range(std::uint32_t range) const {
    const Span span = decoded_ranges[range];
    return std::string_view(decoded).substr(span.begin, span.end - span.begin);
  }
  std::string_view key_of(const NodeData& node) const {
    if (node.key != kNone) return decoded_range(node.key);
    return node.key_end > 0 ? between_quotes(node.key_begin, node.key_end) : std::string_view();
  }
  std::string_view text_of(const NodeData& node) const {
    return node.text != kNone ? decoded_range(node.text) : between_quotes(node.begin, node.end);
  }

  /// The place in the text of a token in the source.
  Span original(std::uint32_t begin, std::uint32_t end) const {
    return copy ? original_span(copy->pieces, begin, end) : Span{begin, end};
  }
  void set_text(std::string new_text) {
    shared_text = std::make_shared<const std::string>(std::move(new_text));
    text = *shared_text;
  }
  void set_copy(std::string new_text, std::vector<Piece> pieces) {
    if (pieces.empty()) pieces.push_back({0, {}, false});
    copy = std::make_shared<const Copy>(Copy{std::move(new_text), std::move(pieces)});
    source = copy->text;
  }
  /// Stores a text; gives the index of its range.
  std::uint32_t decode(std::string_view new_text) {
    const auto begin = static_cast<std::uint32_t>(decoded.size());
    decoded += new_text;
    decoded_ranges.push_back({begin, static_cast<std::uint32_t>(decoded.size())});
    return static_cast<std::uint32_t>(decoded_ranges.size() - 1);
  }
  std::string pointer_of(std::uint32_t id) const;
  /// Empty where there is none.
  std::string_view tag_of(std::uint32_t id) const;
};

}  // namespace stepglass::detail
