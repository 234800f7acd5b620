#pragma once
// Upper and lower case of all of Unicode, without a locale: what JavaScript's toUpperCase() and toLowerCase() give.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

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

/// Calls `visit(c)` for each code point for which without_case(c) is another one, in rising order.
template <typename Visit>
void for_each_with_case(Visit visit);

namespace detail {
struct CaseStretch {
  char32_t first, last, step;
};
std::size_t case_stretch_count();
CaseStretch case_stretch(std::size_t index);
}  // namespace detail

template <typename Visit>
void for_each_with_case(Visit visit) {
  for (std::size_t i = 0; i < detail::case_stretch_count(); ++i) {
    const detail::CaseStretch stretch = detail::case_stretch(i);
    for (char32_t c = stretch.first; c <= stretch.last; c += stretch.step) {
      if (without_case(c) != c) visit(c);
    }
  }
}

}  // namespace stepglass
