#include "engine/path/java_text.h"

#include "engine/path/cursor.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::path {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::int32_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(text.size() > 1 && text[1] == '-' ? 0 : 1);
  const auto value = parse_integer(text);
  if (!value || *value < INT32_MIN || *value > INT32_MAX) return std::nullopt;
  return static_cast<std::int32_t>(*value);
}

bool unescape(std::string_view text, std::string& out, std::string& bad) {
  char32_t high = 0;  // first half of a surrogate pair
  const auto flush = [&] {
    if (high != 0) append_utf8(out, 0xFFFD);
    high = 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      flush();
      out += text[i];
      continue;
    }
    if (++i == text.size()) {
      flush();
      out += '\\';
      break;
    }
    if (text[i] == 'u') {
      // Four UTF-16 units follow, whatever they are; fewer at the end are dropped.
      std::size_t end = i + 1;
      for (int k = 0; k < 4 && end < text.size(); ++k) next_code_point(text, end);
      const std::string_view digits = text.substr(i + 1, end - i - 1);
      i = end - 1;
      if (digits.size() < 4) continue;
      const bool sign = digits[0] == '+' || digits[0] == '-';  // Integer.parseInt takes one
      char32_t unit = 0;
      for (const char c : digits.substr(sign ? 1 : 0)) {
        const int digit = is_digit(c)            ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
          bad = std::string(digits);
          return false;
        }
        unit = unit * 16 + static_cast<char32_t>(digit);
      }
      if (digits[0] == '-') unit = (0x10000 - unit) & 0xFFFF;
      if (high != 0 && unit >= 0xDC00 && unit < 0xE000) {
        append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        high = 0;
        continue;
      }
      flush();
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
      } else {
        append_utf8(out, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
      }
      continue;
    }
    flush();
    switch (text[i]) {
      case 'r':
        out += '\r';
        break;
      case 'f':
        out += '\f';
        break;
      case 't':
        out += '\t';
        break;
      case 'n':
        out += '\n';
        break;
      case 'b':
        out += '\b';
        break;
      default:
        out += text[i];
        break;
    }
  }
  flush();
  return true;
}

}  // namespace stepglass::path
