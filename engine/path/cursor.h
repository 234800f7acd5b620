#pragma once
// A reading place in the text of a path: Jayway's CharacterIndex, and how the compilers that look through it give up.
// Private to engine/path.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace stepglass::path {

using Index = std::ptrdiff_t;
constexpr std::size_t kNowhere = std::string_view::npos;

/// Leaves the compiler.
struct Refusal : std::exception {
  enum class Kind {
    InvalidPath,  // Jayway's own InvalidPathException
    Unforeseen,   // another exception of Java, which the compiler of a whole path turns into an InvalidPathException
    Limit,        // one of our limits: nothing may catch it
  };
  Kind kind = Kind::InvalidPath;
  std::string message;
  std::string java;  // the exception of Java and its message, when there is one
  std::size_t offset = 0;
};

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_white_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Looking outside the text is an error in Java, and some texts are refused for no other reason: so it is one here.
class Cursor {
 public:
  /// `offset`: where the text stands in the path as a whole.
  Cursor(std::string_view text, std::size_t offset)
      : text_(text), offset_(offset), end_(static_cast<Index>(text.size()) - 1) {}

  Index position = 0;

  Index length() const { return end_ + 1; }
  bool contains(Index i) const { return i >= 0 && i <= end_; }
  bool in_bounds() const { return contains(position); }
  bool at_tail() const { return position >= end_; }
  char at(Index i) const {
    if (i < 0 || i >= static_cast<Index>(text_.size())) refuse_outside(i);
    return text_[static_cast<std::size_t>(i)];
  }
  char current() const { return at(position); }
  bool current_is(char c) const { return current() == c; }
  char last() const { return at(end_); }

  std::string_view slice(Index begin, Index end) const;
  std::string_view text() const { return text_; }

  void skip_blanks() {
    while (in_bounds() && position < end_ && current_is(' ')) ++position;
  }
  void trim() {
    skip_blanks();
    while (in_bounds() && position < end_ && last() == ' ') --end_;
  }
  void drop_last() { --end_; }

  Index next_significant(Index from) const {
    Index i = from + 1;
    while (contains(i) && text_[static_cast<std::size_t>(i)] == ' ') ++i;
    return i;
  }
  /// The next character that is no space, or a space when there is none.
  char next_significant_char(Index from) const {
    const Index i = next_significant(from);
    return contains(i) ? at(i) : ' ';
  }
  bool next_significant_is(Index from, char c) const {
    const Index i = next_significant(from);
    return contains(i) && at(i) == c;
  }
  Index index_of_next_significant(Index from, char c) const {
    const Index i = next_significant(from);
    return at(i) == c ? i : -1;
  }
  Index previous_significant(Index from) const {
    Index i = from - 1;
    while (contains(i) && at(i) == ' ') --i;
    return contains(i) ? i : -1;
  }

  Index next_index_of(Index from, char c) const {
    if (from < 0 || from > end_) return -1;
    const std::size_t i = text_.find(c, static_cast<std::size_t>(from));
    return i == std::string_view::npos || static_cast<Index>(i) > end_ ? -1 : static_cast<Index>(i);
  }
  Index next_index_of_unescaped(Index from, char c) const {
    for (Index i = from + 1; contains(i); ++i) {
      const char here = at(i);
      if (here == '\\') {
        ++i;
      } else if (here == c) {
        return i;
      }
    }
    return -1;
  }

  Index index_of_matching_close(Index from, char open, char close, bool skip_patterns) const;

  [[noreturn, gnu::noinline]] void refuse(std::string message, Index at) const;
  [[noreturn]] void refuse(std::string message) const { refuse(std::move(message), position); }

  /// Java counts in UTF-16 units.
  Index units(Index i) const;
  std::size_t offset_of(Index i) const {
    return offset_ + std::min(text_.size(), static_cast<std::size_t>(std::max<Index>(i, 0)));
  }

 private:
  [[noreturn, gnu::noinline]] void refuse_outside(Index i) const;

  std::string_view text_;
  std::size_t offset_;
  Index end_;
};

/// Leaves the compiler because of one of our limits.
[[noreturn, gnu::noinline]] void refuse_limit(const Cursor& cursor, std::string message);
/// Leaves the compiler where Java would throw `java`.
[[noreturn, gnu::noinline]] void refuse_java(const Cursor& cursor, std::string message, std::string java);

}  // namespace stepglass::path
