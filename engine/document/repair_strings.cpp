// How repair() reads strings and keys that stand in quotes of some kind.

#include <fmt/format.h>

#include "engine/document/repairer.h"

namespace stepglass::detail {

Repairer::StringEnd Repairer::find_string_end(std::size_t quote) const {
  bool several_lines = false;
  for (std::size_t i = quote + 1; i < size_;) {
    const char c = text_[i];
    if (c == '"') return {i, true};
    if (c == '\\') {
      i += 2;
      continue;
    }
    if (is_line_end(c) && !several_lines) {
      std::size_t next = i;
      while (next < size_ && text_[next] != '"') next += text_[next] == '\\' ? 2 : 1;
      if (next >= size_) return {unclosed_end(quote + 1, i, false), false};
      const std::size_t behind = behind_spaces(next + 1);
      if (!ends_value(behind) && at(behind) != ':') return {unclosed_end(quote + 1, i, false), false};
      several_lines = true;
    }
    ++i;
  }
  return {unclosed_end(quote + 1, size_, true), false};
}

/// Where the content of a string ends whose closing quote is missing before `end`: in front of blanks, of a comma, and
/// at the end of the text of those brackets that close what is open.
std::size_t Repairer::unclosed_end(std::size_t begin, std::size_t end, bool at_text_end) const {
  std::size_t last = before_blanks(end, begin);
  if (last > begin && text_[last - 1] == ',') return before_blanks(last - 1, begin);
  if (!at_text_end) return last;
  std::size_t brackets = last;
  while (brackets > begin &&
         (text_[brackets - 1] == '}' || text_[brackets - 1] == ']' || is_blank(text_[brackets - 1]))) {
    --brackets;
  }
  std::size_t open = open_arrays_.size();
  for (std::size_t i = brackets; i < last; ++i) {
    if (is_blank(text_[i])) continue;
    if (open == 0 || open_arrays_[open - 1] != (text_[i] == ']')) return last;
    --open;
  }
  return before_blanks(brackets, begin);
}

/// A string in double quotes at at_.
void Repairer::string(bool is_key) {
  const std::size_t begin = at_;
  const StringEnd end = find_string_end(begin);
  if (!end.closed) {
    std::size_t last = end.content_end;
    if (is_key) {
      // {"Type: 1  or  {"Type  — the key ends before the colon.
      const std::size_t colon = cut(begin + 1, last).find(':');
      if (colon != std::string_view::npos) last = before_blanks(begin + 1 + colon, begin + 1);
    }
    content(begin + 1, last, false, false);
    if (behind_blanks(last) == size_) {
      open_string_ = span(begin, last);
    } else {
      fault(
          span(begin, last),
          [&] { return fmt::format("the string {} is never closed", quoted_token(span(begin, last))); },
          "add a double quote where it ends", Sure::No);
    }
    insert(last, "\"");
    at_ = last_end_ = last;
    return;
  }
  const std::size_t close = end.content_end;
  if (is_key && at(behind_blanks(close + 1)) != ':') {
    // {"Type: "Pass"  — the quote behind the colon starts the value.
    const std::size_t last = before_blanks(close, begin + 1);
    if (last > begin + 1 && text_[last - 1] == ':' && cut(begin + 1, last - 1).find('\n') == std::string_view::npos) {
      const std::size_t key_end = before_blanks(last - 1, begin + 1);
      content(begin + 1, key_end, false, false);
      fault(
          span(begin, key_end),
          [&] { return fmt::format("the key {} has no closing quote", quoted_token(span(begin, key_end))); },
          "add a double quote before the colon", Sure::No);
      insert(key_end, "\"");
      at_ = last_end_ = key_end;
      return;
    }
  }
  if (quotes_inside(begin, close, is_key)) return;
  content(begin + 1, close, false, false);
  at_ = last_end_ = close + 1;
}

/// "say "hi" now": a letter behind the closing quote, and later in the line a quote that ends a value.
bool Repairer::quotes_inside(std::size_t begin, std::size_t close, bool is_key) {
  const char behind = at(close + 1);
  if (is_end(close + 1) || is_blank(behind) || is_structure(behind) || is_control(behind) ||
      starts_comment(close + 1)) {
    return false;
  }
  int inner = 0;  // quotes inside, without the first
  const std::size_t limit = std::min(size_, close + kLookAhead);
  for (std::size_t i = close + 1; i < limit && !is_line_end(text_[i]);) {
    if (text_[i] == '\\') {
      i += 2;
      continue;
    }
    if (text_[i] == '"') {
      const std::size_t next = behind_spaces(i + 1);
      const bool colon = at(next) == ':';
      if (is_key ? colon : ends_value(next)) {
        content(begin + 1, i, false, true);
        fault(
            span(close, close + 1),
            [&] {
              return fmt::format("a double quote inside the string {} is not escaped",
                                 quoted_token(span(begin, i + 1)));
            },
            "write \\\" for it", Sure::No);
        at_ = last_end_ = i + 1;
        return true;
      }
      if (colon || ++inner > kMostQuotes) return false;
    }
    ++i;
  }
  return false;
}

/// A string in other quotes at at_: 'a', `a`, “a”.
void Repairer::oddly_quoted(bool is_key) {
  const std::size_t begin = at_;
  const Utf8Step open = utf8_step(text_, begin);
  const std::size_t first = begin + open.length;
  const bool typographic = !is_ascii(text_[begin]);
  // The first closing quote that can end a value or a key, else the first one at all. On the same line.
  std::size_t close = 0, close_length = 0;
  const std::size_t limit = std::min(size_, first + kLookAhead);
  int passed = 0;
  for (std::size_t i = first; i < limit && !is_line_end(text_[i]) && passed < kMostQuotes;) {
    if (text_[i] == '\\') {
      i += 2;
      continue;
    }
    const Utf8Step here = utf8_step(text_, i);
    const bool closes = typographic ? here.valid && (is_typographic_quote(here.code_point) || text_[i] == '"')
                                    : text_[i] == text_[begin];
    if (closes) {
      const std::size_t next = behind_spaces(i + here.length);
      const bool fits = ends_value(next) || at(next) == ':';
      if (fits || close_length == 0) {
        close = i;
        close_length = here.length;
      }
      if (fits) break;
      ++passed;
    }
    i += here.length;
  }
  const std::string_view what = typographic           ? "typographic quotation marks"
                                : text_[begin] == '`' ? "backticks"
                                                      : "single quotes";
  if (close_length == 0) {
    std::size_t last = std::min(line_end(first), size_);
    if (is_key) {
      const std::size_t colon = cut(first, last).find(':');
      if (colon != std::string_view::npos) last = first + colon;
    }
    last = unclosed_end(first, last, last == size_);
    edit(begin, first, "\"");
    content(first, last, true, true);
    fault(
        span(begin, last), [&] { return fmt::format("the string \"{}\" is never closed", excerpt(cut(begin, last))); },
        "write it in double quotes", Sure::No);
    insert(last, "\"");
    at_ = last_end_ = last;
    return;
  }
  const std::size_t end = close + close_length;
  fault(
      span(begin, end), [&] { return fmt::format("\"{}\" stands in {}", excerpt(cut(first, close)), what); },
      "write it in double quotes", Sure::Yes);
  edit(begin, first, "\"");
  content(first, close, true, true);
  edit(close, end, "\"");
  at_ = last_end_ = end;
}

/// Makes what stands between two quotes the content of a JSON string. `quiet`: the string as a whole was reported.
void Repairer::content(std::size_t begin, std::size_t end, bool quiet, bool escape_quotes) {
  bool control_reported = quiet;
  for (std::size_t i = begin; i < end;) {
    const char c = text_[i];
    if (c == '\\') {
      escape(i, end, quiet);
    } else if (c == '"' && escape_quotes) {
      edit(i, i + 1, "\\\"");
      ++i;
    } else if (c == '\0') {
      const std::size_t first = i;
      std::string escapes;
      for (; i < end && text_[i] == '\0'; ++i) escapes += "\\u0000";
      add(nul_, "null-byte", span(first, i), "a NUL byte stands inside a string", "delete it, or write \\u0000");
      edit(first, i, std::move(escapes));
    } else if (is_control(c)) {
      if (!control_reported) {
        const std::string_view what = is_line_end(c) ? "a line break" : c == '\t' ? "a tab" : "a control character";
        fault(
            span(i, i + 1), [&] { return fmt::format("{} stands inside a string", what); },
            [&] {
              return fmt::format("write {} for it", c == '\n'   ? "\\n"
                                                    : c == '\r' ? "\\r"
                                                    : c == '\t' ? "\\t"
                                                                : fmt::format("\\u{:04x}", static_cast<unsigned>(c)));
            },
            Sure::Yes);
        control_reported = true;
      }
      edit(i, i + 1, fmt::format("\\u{:04x}", static_cast<unsigned>(c)));
      ++i;
    } else if (is_ascii(c)) {
      ++i;
    } else {
      const Utf8Step here = utf8_step(text_, i);
      if (here.valid) {
        i += here.length;
        continue;
      }
      const std::size_t first = i;
      while (i < end && !utf8_step(text_, i).valid) i += utf8_step(text_, i).length;
      i = std::min(i, end);
      add(
          utf8_, "invalid-utf8", span(first, i),
          [&] { return fmt::format("\"{}\" inside a string is no UTF-8", excerpt(cut(first, i))); },
          "save the text as UTF-8");
      edit(first, i, "\xEF\xBF\xBD");
    }
  }
}

/// The escape at `i`; moves behind it.
void Repairer::escape(std::size_t& i, std::size_t end, bool quiet) {
  const std::size_t begin = i;
  if (i + 1 >= end) {
    // The last byte before a missing quote.
    edit(i, i + 1, "\\\\");
    if (!quiet) fault(span(i, i + 1), "a backslash escapes nothing", "write \\\\ for a backslash", Sure::Yes);
    i = end;
    return;
  }
  const char c = text_[i + 1];
  switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      i += 2;
      return;
    default:
      break;
  }
  const auto unit_at = [&](std::size_t from) -> std::optional<unsigned> {  // the four digits of \uXXXX
    if (from + 6 > end || text_[from] != '\\' || text_[from + 1] != 'u') return std::nullopt;
    unsigned unit = 0;
    for (std::size_t k = from + 2; k < from + 6; ++k) {
      if (hex_value(text_[k]) < 0) return std::nullopt;
      unit = unit * 16 + static_cast<unsigned>(hex_value(text_[k]));
    }
    return unit;
  };
  if (c == 'u') {
    if (const auto unit = unit_at(i)) {
      if (*unit < 0xD800 || *unit > 0xDFFF) {
        i += 6;
        return;
      }
      const auto second = unit_at(i + 6);
      if (*unit <= 0xDBFF && second && *second >= 0xDC00 && *second <= 0xDFFF) {
        i += 12;
        return;
      }
      if (!quiet) {
        fault(
            span(i, i + 6), [&] { return fmt::format("the escape \"{}\" is half of a surrogate pair", cut(i, i + 6)); },
            "write both halves, or the character itself", Sure::Yes);
      }
      edit(i, i + 6, "\xEF\xBF\xBD");
      i += 6;
      return;
    }
    std::size_t digits = i + 2;
    while (digits < end && digits < i + 6 && hex_value(text_[digits]) >= 0) ++digits;
    if (!quiet) {
      fault(
          span(i, digits),
          [&] { return fmt::format("the escape \"{}\" needs four hexadecimal digits", cut(i, digits)); },
          "write \\u and four digits, or \\\\ for a backslash", Sure::Yes);
    }
    insert(i, "\\");
    i += 2;
    return;
  }
  if (c == '\'') {
    if (!quiet) fault(span(i, i + 2), "the escape \"\\'\" is no JSON", "write ' as it is", Sure::Yes);
    edit(i, i + 1, "");
    i += 2;
    return;
  }
  const std::size_t length = is_ascii(c) ? 1 : utf8_step(text_, i + 1).length;
  if (!quiet) {
    fault(
        span(begin, std::min(i + 1 + length, end)),
        [&] { return fmt::format("the escape \"{}\" is no JSON", excerpt(cut(begin, std::min(i + 1 + length, end)))); },
        "write \\\\ for a backslash", Sure::Yes);
  }
  insert(i, "\\");
  i += 1;
  // What follows is content of its own: it may be a line break or no UTF-8. Letters pass.
}

}  // namespace stepglass::detail
