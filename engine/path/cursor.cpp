#include "engine/path/cursor.h"

#include <fmt/format.h>

#include <utility>

#include "engine/support/text.h"

namespace stepglass::path {

void Cursor::refuse_outside(Index i) const {
  Refusal refusal;
  refusal.kind = Refusal::Kind::Unforeseen;
  refusal.message = i < 0 ? "the path starts in the middle" : "the path ends too early";
  refusal.java = fmt::format("java.lang.StringIndexOutOfBoundsException: String index out of range: {}", units(i));
  refusal.offset = offset_of(i);
  throw refusal;
}

std::string_view Cursor::slice(Index begin, Index end) const {
  if (begin < 0 || end > static_cast<Index>(text_.size()) || begin > end) {
    Refusal refusal;
    refusal.kind = Refusal::Kind::Unforeseen;
    refusal.message = "the path ends too early";
    refusal.java = fmt::format("java.lang.StringIndexOutOfBoundsException: begin {}, end {}, length {}", units(begin),
                               units(end), units(static_cast<Index>(text_.size())));
    refusal.offset = offset_of(begin);
    throw refusal;
  }
  return text_.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

Index Cursor::index_of_matching_close(Index from, char open, char close, bool skip_patterns) const {
  Index opened = 1;
  for (Index i = from + 1; contains(i); ++i) {
    const char quote = at(i);
    if (quote == '\'' || quote == '"') {
      i = next_index_of_unescaped(i, quote);
      if (i == -1) {
        refuse(fmt::format("Could not find matching close quote for {} when parsing : {}", quote, text_), from);
      }
      ++i;
    }
    if (skip_patterns && at(i) == '/') {
      i = next_index_of_unescaped(i, '/');
      if (i == -1) refuse(fmt::format("Could not find matching close for / when parsing regex in : {}", text_), from);
      ++i;
    }
    if (at(i) == open) ++opened;
    if (at(i) == close && --opened == 0) return i;
  }
  return -1;
}

void Cursor::refuse(std::string message, Index at) const {
  Refusal refusal;
  refusal.message = std::move(message);
  refusal.offset = offset_of(at);
  throw refusal;
}

Index Cursor::units(Index i) const {
  if (i <= 0) return i;
  const std::size_t inside = std::min(static_cast<std::size_t>(i), text_.size());
  return static_cast<Index>(count_utf16_units(text_.substr(0, inside))) + (i - static_cast<Index>(inside));
}

void refuse_limit(const Cursor& cursor, std::string message) {
  Refusal refusal;
  refusal.kind = Refusal::Kind::Limit;
  refusal.message = std::move(message);
  refusal.offset = cursor.offset_of(cursor.position);
  throw refusal;
}

void refuse_java(const Cursor& cursor, std::string message, std::string java) {
  Refusal refusal;
  refusal.kind = Refusal::Kind::Unforeseen;
  refusal.message = std::move(message);
  refusal.java = std::move(java);
  refusal.offset = cursor.offset_of(cursor.position);
  throw refusal;
}

}  // namespace stepglass::path
