#include "engine/support/regex_char_set.h"

#include <algorithm>
#include <utility>

#include "engine/support/letter_case.h"
#include "engine/support/sort.h"

namespace stepglass::regex {

void CharSet::normalise() {
  sort_stable(ranges, [](const Range& a, const Range& b) { return a.low < b.low; });
  std::vector<Range> merged;
  for (const Range& range : ranges) {
    if (!merged.empty() && range.low <= merged.back().high + 1) {
      merged.back().high = std::max(merged.back().high, range.high);
    } else {
      merged.push_back(range);
    }
  }
  ranges = std::move(merged);
  ascii = {0, 0};
  for (const Range& range : ranges) {
    for (char32_t c = range.low; c <= range.high && c < 128; ++c) ascii[c / 64] |= std::uint64_t{1} << (c % 64);
  }
}

void CharSet::negate() {
  normalise();
  std::vector<Range> rest;
  char32_t next = 0;
  for (const Range& range : ranges) {
    if (range.low > next) rest.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next <= 0x10FFFF) rest.push_back({next, 0x10FFFF});
  ranges = std::move(rest);
  normalise();
}

void CharSet::intersect(CharSet other) {
  negate();
  other.negate();
  add(other);
  negate();
}

void CharSet::add_other_case() {
  if (ranges.empty()) return;
  if (ranges.back().high < 0x80) {  // ASCII has no counterpart outside
    const CharSet before = *this;
    for (char32_t c = 'a'; c <= 'z'; ++c) {
      const char32_t upper = c - 32;
      if (before.contains(c) != before.contains(upper))
        add(before.contains(c) ? upper : c, before.contains(c) ? upper : c);
    }
    normalise();
    return;
  }
  // First what stands for a group of letters, then the others of the group.
  const CharSet before = *this;
  for_each_with_case([&](char32_t c) {
    if (before.contains(c)) add(without_case(c), without_case(c));
  });
  normalise();
  const CharSet representatives = *this;
  for_each_with_case([&](char32_t c) {
    if (representatives.contains(without_case(c))) add(c, c);
  });
  normalise();
}

CharSet digits() {
  CharSet set;
  set.add('0', '9');
  return set;
}

CharSet word_characters() {
  CharSet set;
  set.add('0', '9');
  set.add('A', 'Z');
  set.add('a', 'z');
  set.add('_', '_');
  return set;
}

CharSet white_space(Regex::Syntax syntax) {
  CharSet set;
  set.add('\t', '\r');
  set.add(' ', ' ');
  if (syntax == Regex::Syntax::Java) return set;
  for (const char32_t c : {0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF}) set.add(c, c);
  set.add(0x2000, 0x200A);
  set.add(0x2028, 0x2029);
  return set;
}

}  // namespace stepglass::regex
