#pragma once
// Sets of code points: the classes of regular expressions.

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <vector>

#include "engine/support/regex.h"

namespace stepglass::regex {

struct Range {
  char32_t low;
  char32_t high;
};

/// A set of code points: sorted ranges that do not touch, and the first 128 as bits.
struct CharSet {
  std::vector<Range> ranges;
  std::array<std::uint64_t, 2> ascii = {0, 0};

  void add(char32_t low, char32_t high) { ranges.push_back({low, high}); }
  void add(const CharSet& other) { ranges.insert(ranges.end(), other.ranges.begin(), other.ranges.end()); }

  /// Sorts and joins the ranges: to be called once everything is added.
  void normalise();

  /// Keeps what is not in it.
  void negate();

  /// Keeps what is in `other` as well.
  void intersect(CharSet other);

  /// Adds what differs only by case from what is in it. The set is normalised before and after.
  void add_other_case();

  bool contains(char32_t c) const {
    if (c < 128) return (ascii[c / 64] >> (c % 64)) & 1;
    const auto it =
        std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t x, const Range& range) { return x < range.low; });
    return it != ranges.begin() && c <= std::prev(it)->high;
  }
};

/// \d
CharSet digits();
/// \w
CharSet word_characters();
/// \s
CharSet white_space(Regex::Syntax syntax);

inline bool in(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

/// What \b looks for.
inline bool is_word(char32_t c) {
  return in(c, 'a', 'z') || in(c, 'A', 'Z') || in(c, '0', '9') || c == '_';
}

inline bool is_line_end(char32_t c, Regex::Syntax syntax) {
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || (c == 0x85 && syntax == Regex::Syntax::Java);
}

}  // namespace stepglass::regex
