#include "engine/support/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace stepglass {

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    std::size_t length = 0;
    unsigned char low = 0x80, high = 0xBF;  // bounds of the second byte
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return i;
    }
    if (i + length > text.size()) return i;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (second < low || second > high) return i;
    for (std::size_t k = 2; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::size_t count_utf16_units(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0) != 0x80;
    count += byte >= 0xF0;  // lead byte of a character beyond the basic plane: a surrogate pair
  }
  return count;
}

char32_t next_code_point(std::string_view text, std::size_t& offset) {
  const auto byte = [&](std::size_t at) -> char32_t {
    return at < text.size() ? static_cast<unsigned char>(text[at]) & 0x3Fu : 0u;
  };
  const auto lead = static_cast<unsigned char>(text[offset]);
  char32_t code_point = lead;
  std::size_t length = 1;
  if (lead >= 0xF0) {
    code_point = ((lead & 0x07u) << 18) | (byte(offset + 1) << 12) | (byte(offset + 2) << 6) | byte(offset + 3);
    length = 4;
  } else if (lead >= 0xE0) {
    code_point = ((lead & 0x0Fu) << 12) | (byte(offset + 1) << 6) | byte(offset + 2);
    length = 3;
  } else if (lead >= 0xC0) {
    code_point = ((lead & 0x1Fu) << 6) | byte(offset + 1);
    length = 2;
  }
  offset = std::min(offset + length, text.size());
  return code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | (code_point >> 6));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | (code_point >> 12));
    out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code_point >> 18));
    out += static_cast<char>(0x80 | ((code_point >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code_point & 0x3F));
  }
}

int compare_utf16(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j] && static_cast<unsigned char>(a[i]) < 0x80) {
      ++i;
      ++j;
      continue;
    }
    const char32_t x = next_code_point(a, i);
    const char32_t y = next_code_point(b, j);
    if (x == y) continue;
    // A character beyond the basic plane starts with a surrogate, U+D800 to U+DBFF: below U+E000, above all others.
    const auto unit = [](char32_t c) -> char32_t { return c < 0x10000 ? c : 0xD800 + ((c - 0x10000) >> 10); };
    if (unit(x) != unit(y)) return unit(x) < unit(y) ? -1 : 1;
    return x < y ? -1 : 1;
  }
  if (i < a.size()) return 1;
  return j < b.size() ? -1 : 0;
}

namespace {

/// Texts that are compared in full at each place where they could stand: for more than these, what comparing costs is
/// counted.
constexpr std::size_t kShortText = 32;

/// Knuth, Morris and Pratt's search.
std::size_t find_by_borders(std::string_view text, std::string_view what, std::size_t from) {
  // borders[i]: how long the longest start of `what` is that also ends at its first i + 1 bytes, all of these aside.
  std::vector<std::uint32_t> borders(what.size(), 0);
  std::size_t matched = 0;
  for (std::size_t i = 1; i < what.size(); ++i) {
    while (matched > 0 && what[i] != what[matched]) matched = borders[matched - 1];
    if (what[i] == what[matched]) ++matched;
    borders[i] = static_cast<std::uint32_t>(matched);
  }
  matched = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    while (matched > 0 && text[i] != what[matched]) matched = borders[matched - 1];
    if (text[i] == what[matched]) ++matched;
    if (matched == what.size()) return i + 1 - matched;
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

std::size_t find_text(std::string_view text, std::string_view what, std::size_t from) {
  if (what.size() <= kShortText) return text.find(what, from);
  const std::string_view start = what.substr(0, kShortText);
  std::size_t compared = 0;
  for (std::size_t at = from; (at = text.find(start, at)) != std::string_view::npos; ++at) {
    if (text.substr(at).starts_with(what)) return at;
    compared += what.size();
    if (compared > text.size()) return find_by_borders(text, what, at + 1);
  }
  return std::string_view::npos;
}

void append_pointer_step(std::string& out, std::string_view key) {
  out += '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

std::string display(std::string_view text) {
  const auto invisible = [](char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
  };
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t good = find_invalid_utf8(text).value_or(text.size());
    for (std::size_t i = 0; i < good;) {
      const std::size_t start = i;
      const char32_t c = next_code_point(text, i);
      if (invisible(c)) {
        out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c));
      } else {
        out.append(text.substr(start, i - start));
      }
    }
    if (good == text.size()) break;
    out += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[good]));
    text.remove_prefix(good + 1);
  }
  return out;
}

std::string display_word(std::string_view text) {
  constexpr std::size_t kMostBytes = 100;
  if (text.size() <= kMostBytes) return display(text);
  std::size_t end = kMostBytes;
  // Not inside a character; four bytes are the most that one has.
  while (end > kMostBytes - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return display(text.substr(0, end)) + "…";
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  if (a.size() > 200 || b.size() > 200) return most + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace stepglass
