#pragma once
// Upper and lower case of all of Unicode, without a locale: what JavaScript's toUpperCase() and toLowerCase() give.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepglass {

/// The lower case of `c` where that is a single code point; else `c` itself.
char32_t to_lower(char32_t c);

/// The upper case of `c` where that is a single code point; else `c` itself, such as ß.
char32_t to_upper(char32_t c);

/// Appends `text`, which is UTF-8, in lower case. A sigma at the end of a word becomes ς, İ becomes i and a dot above.
void append_lower_case(std::string& out, std::string_view text);

/// Appends `text`, which is UTF-8, in upper case: ß becomes SS. At most three times as many bytes.
void append_upper_case(std::string& out, std::string_view text);

/// What `c` counts as where case does not matter, as ECMAScript's Canonicalize without the flag u has it: its upper
/// case, unless that would make ASCII of what is none.
char32_t without_case(char32_t c);

/// The code points that without_case() makes the same of, in groups of two or more.
class CaseGroups {
 public:
  struct Member {
    char32_t code_point;
    std::uint32_t group;
  };

  /// Built when first asked for.
  static const CaseGroups& all();

  /// All members of all groups, in rising order.
  std::span<const Member> members() const { return members_; }
  /// One group.
  std::span<const char32_t> group(std::uint32_t index) const {
    return std::span(code_points_).subspan(starts_[index], starts_[index + 1] - starts_[index]);
  }

 private:
  CaseGroups();

  std::vector<Member> members_;
  std::vector<char32_t> code_points_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace stepglass
