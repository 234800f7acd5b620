#pragma once
// The layout of JSON text: where its lines break and how deep they begin. Only the white space between tokens changes.
// Strings with their escapes, numbers with their digits, the order of members and members that stand twice stay as they
// are, byte for byte, and so does a byte order mark.
//
//   const Document document = read_json(text);
//   if (auto changes = format_json(document, {})) text = with_spaces(text, *changes);

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/document.h"
#include "engine/support/result.h"
#include "engine/support/span.h"

namespace stepglass {

/// Spaces for each level.
inline constexpr std::uint32_t kMinIndent = 1;
inline constexpr std::uint32_t kMaxIndent = 8;
/// Columns of a line that can be asked for.
inline constexpr std::uint32_t kMaxFormatWidth = 1000;

struct JsonLayout {
  /// From kMinIndent to kMaxIndent.
  std::uint32_t indent = 2;
  /// What is longer is broken over lines, where it can be. In UTF-16 units, as positions are; at most kMaxFormatWidth.
  std::uint32_t width = 100;
};

/// White space of a text that becomes other white space.
struct SpaceChange {
  /// Holds white space only; empty where there is none yet.
  Span span;
  /// Whether the new one begins with a line's end, and how many spaces it has then.
  bool breaks = false;
  std::uint32_t spaces = 0;

  std::string replacement() const { return std::string(breaks ? 1 : 0, '\n') + std::string(spaces, ' '); }
};

/// What has to change in the text of `document`, which read_json gave, in the order of places; nothing where it is
/// formatted already. Linear in the size of the text.
///
/// An object is written in lines when it is so in the text, seen by a line that ends behind its "{", or when it does
/// not fit the width; an array when it does not fit, or has such an object in it. All else stands on one line:
/// {"a": 1, "b": [2, 3]}. Empty ones are {} and []. Lines end with "\n", the last one, too.
///
/// What comes out needs no changes when it is formatted with the same layout again.
///
/// Fails where the tree is not all of the text, which is then no JSON, is nested too deeply or too large, with the
/// first diagnostic that says so; and where the indents would make it larger than kMaxTextBytes (text-too-large).
Result<std::vector<SpaceChange>, Diagnostic> format_json(const Document& document, const JsonLayout& layout);

/// `text` with the changes, which are in order and do not overlap.
std::string with_spaces(std::string_view text, const std::vector<SpaceChange>& changes);

}  // namespace stepglass
