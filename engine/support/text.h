#pragma once
// UTF-8 text: checking, counting, and what must be escaped.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepglass {

/// The byte offset of the first byte that is no well-formed UTF-8 (overlong forms, surrogates and code points above
/// U+10FFFF included), or nothing when all of `text` is.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Number of code points. `text` is well-formed.
std::size_t count_code_points(std::string_view text);

/// Number of UTF-16 units. `text` is well-formed.
std::size_t count_utf16_units(std::string_view text);

/// Reads the code point at `offset` and moves `offset` behind it. `text` is well-formed, `offset` inside it.
char32_t next_code_point(std::string_view text, std::size_t& offset);

/// Appends `code_point`, which is no surrogate and at most U+10FFFF.
void append_utf8(std::string& out, char32_t code_point);

/// Without the blanks (space, tab, line ends) at both ends. A part of `text`, also when nothing is left.
std::string_view trimmed(std::string_view text);

/// Where `what` stands in `text` at byte `from` or behind it, or npos; as std::string_view::find, but linear in the sizes
/// for any two texts.
std::size_t find_text(std::string_view text, std::string_view what, std::size_t from = 0);

/// Compares as Java's String.compareTo does, by UTF-16 unit: negative, zero or positive.
int compare_utf16(std::string_view a, std::string_view b);

/// Appends `/key`, a step of a JSON Pointer. Source: RFC 6901.
void append_pointer_step(std::string& out, std::string_view key);

/// `text` made safe for a terminal or a log: control characters, C1, bidirectional and zero-width characters are shown
/// as \u{…}, bytes that are no UTF-8 as \x… .
std::string display(std::string_view text);

/// The same for a word in a message: of more than 100 bytes the start, with "…" behind it.
std::string display_word(std::string_view text);

/// "1 state", "2 states"
std::string counted(std::uint64_t number, std::string_view noun);

/// The candidate nearest to `word` by edit distance, when it is near enough to be what was meant; else nothing.
template <typename Range>
std::optional<std::string_view> nearest(std::string_view word, const Range& candidates);

/// Edit distance (insert, delete, replace, swap of neighbours), compared without case; stops counting above `most`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

template <typename Range>
std::optional<std::string_view> nearest(std::string_view word, const Range& candidates) {
  const std::size_t most = word.size() < 4 ? 1 : word.size() < 8 ? 2 : 3;
  std::optional<std::string_view> best;
  std::size_t best_distance = most + 1;
  for (const auto& candidate : candidates) {
    const std::string_view text = candidate;
    const std::size_t distance = edit_distance(word, text, most);
    if (distance < best_distance) {
      best_distance = distance;
      best = text;
    }
  }
  return best;
}

}  // namespace stepglass
