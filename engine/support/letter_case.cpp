#include "engine/support/letter_case.h"

#include <algorithm>
#include <iterator>

#include "engine/support/letter_case_tables.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass {
namespace {

using namespace letter_case;

char32_t mapped(std::span<const CaseRange> table, char32_t c) {
  const auto after = std::upper_bound(table.begin(), table.end(), c,
                                      [](char32_t x, const CaseRange& range) { return x < range.first; });
  if (after == table.begin()) return c;
  const CaseRange& range = *std::prev(after);
  if (c > range.last || (c - range.first) % range.step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + range.delta);
}

bool contains(std::span<const CodePointRange> table, char32_t c) {
  const auto after = std::upper_bound(table.begin(), table.end(), c,
                                      [](char32_t x, const CodePointRange& range) { return x < range.first; });
  return after != table.begin() && c <= std::prev(after)->last;
}

char32_t code_point_before(std::string_view text, std::size_t& at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  std::size_t i = at;
  return next_code_point(text, i);
}

/// Unicode, section 3.13, Final_Sigma: behind a letter with case and not before one, characters that do not matter for
/// case left aside.
class SigmaPlace {
 public:
  explicit SigmaPlace(std::string_view text) : text_(text) {}

  /// `at` is the place of a sigma, `behind` the one after it.
  bool is_final(std::size_t at, std::size_t behind) const {
    bool cased = false;
    while (at > 0 && !cased) {
      const char32_t c = code_point_before(text_, at);
      if (contains(kCaseIgnorable, c)) continue;
      cased = contains(kCased, c);
      if (!cased) return false;
    }
    if (!cased) return false;
    while (behind < text_.size()) {
      const char32_t c = next_code_point(text_, behind);
      if (!contains(kCaseIgnorable, c)) return !contains(kCased, c);
    }
    return true;
  }

 private:
  const std::string_view text_;
};

}  // namespace

char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return mapped(kToLower, c);
}

char32_t to_upper(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  return mapped(kToUpper, c);
}

void append_lower_case(std::string& out, std::string_view text) {
  const SigmaPlace sigma(text);
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(to_lower(byte));
      ++i;
      continue;
    }
    const std::size_t at = i;
    const char32_t c = next_code_point(text, i);
    if (c == 0x3A3) {
      append_utf8(out, sigma.is_final(at, i) ? 0x3C2 : 0x3C3);
    } else if (c == 0x130) {
      out += "i\xCC\x87";
    } else {
      append_utf8(out, mapped(kToLower, c));
    }
  }
}

void append_upper_case(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(to_upper(byte));
      ++i;
      continue;
    }
    const char32_t c = next_code_point(text, i);
    const auto* const special =
        std::lower_bound(std::begin(kToUpperSpecial), std::end(kToUpperSpecial), c,
                         [](const SpecialCase& entry, char32_t x) { return entry.code_point < x; });
    if (special == std::end(kToUpperSpecial) || special->code_point != c) {
      append_utf8(out, mapped(kToUpper, c));
      continue;
    }
    for (const std::uint16_t part : special->text) {
      if (part != 0) append_utf8(out, part);
    }
  }
}

char32_t without_case(char32_t c) {
  if (c < 0x80) return to_upper(c);
  const char32_t upper = mapped(kToUpper, c);
  return upper < 0x80 ? c : upper;
}

CaseGroups::CaseGroups() {
  struct Pair {
    char32_t representative, member;
  };
  std::vector<Pair> pairs;
  for (const CaseRange& range : kToUpper) {
    for (char32_t c = range.first; c <= range.last; c += range.step) {
      const char32_t representative = without_case(c);
      if (representative == c) continue;
      pairs.push_back({representative, c});
      pairs.push_back({representative, representative});
    }
  }
  const auto key = [](const Pair& pair) { return std::uint64_t{pair.representative} << 32 | pair.member; };
  sort_stable(pairs, [&](const Pair& a, const Pair& b) { return key(a) < key(b); });
  pairs.erase(std::unique(pairs.begin(), pairs.end(), [&](const Pair& a, const Pair& b) { return key(a) == key(b); }),
              pairs.end());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == 0 || pairs[i].representative != pairs[i - 1].representative) {
      starts_.push_back(static_cast<std::uint32_t>(code_points_.size()));
    }
    code_points_.push_back(pairs[i].member);
    members_.push_back({pairs[i].member, static_cast<std::uint32_t>(starts_.size() - 1)});
  }
  starts_.push_back(static_cast<std::uint32_t>(code_points_.size()));
  sort_stable(members_, [](const Member& a, const Member& b) { return a.code_point < b.code_point; });
}

const CaseGroups& CaseGroups::all() {
  static const CaseGroups groups;
  return groups;
}

}  // namespace stepglass
