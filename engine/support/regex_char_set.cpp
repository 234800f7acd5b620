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
  const CaseGroups& groups = CaseGroups::all();
  const auto members = groups.members();
  std::vector<Range> added;
  for (const Range& range : ranges) {
    auto member = std::lower_bound(members.begin(), members.end(), range.low,
                                   [](const CaseGroups::Member& m, char32_t c) { return m.code_point < c; });
    for (; member != members.end() && member->code_point <= range.high; ++member) {
      for (const char32_t other : groups.group(member->group)) {
        if (!contains(other)) added.push_back({other, other});
      }
    }
  }
  if (added.empty()) return;
  ranges.insert(ranges.end(), added.begin(), added.end());
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
