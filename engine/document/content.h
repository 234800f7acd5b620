#pragma once
// What a Document holds. Private to engine/document.
//
// The tree is one array of small nodes in the order of the text, so that a parent comes before its children. A node
// knows offsets only: keys and strings without escapes are read from the text itself, others are decoded once into a
// common buffer, and numbers are read when somebody asks.
//
// Broken text is read from a repaired copy of it (see repair.h). All offsets in nodes are then offsets of the copy, and
// a list of pieces leads back to the text of the user.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/diagnostic.h"
#include "engine/document/document.h"
#include "engine/document/key_cache.h"
#include "engine/document/position.h"
#include "engine/value/value.h"

namespace stepglass::detail {

inline constexpr std::uint32_t kNone = UINT32_MAX;

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
};

/// A stretch of the repaired copy: either taken over from the text, or put in place of a stretch of it.
struct Piece {
  std::uint32_t source_begin;
  Span original;
  bool taken_over;
};

struct DocumentContent {
  std::string text;
  /// The copy that was read instead of `text` when that is broken.
  std::string repaired;
  std::vector<Piece> pieces;  // empty when nothing was repaired
  /// What the nodes' offsets refer to: `text` or `repaired`.
  std::string_view source;

  std::vector<NodeData> nodes;
  std::string decoded;
  std::vector<Span> decoded_ranges;
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

  /// The place in the text of a token, which is not empty, in the source.
  Span original(std::uint32_t begin, std::uint32_t end) const;
  std::string pointer_of(std::uint32_t id) const;
};

}  // namespace stepglass::detail
