#include "analysis/report/columns.h"

#include <fmt/format.h>

#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// Columns of one character. Source: Unicode, East Asian Width and general category, in broad ranges.
std::size_t columns_of(char32_t c) {
  if (c < 0x300) return 1;
  if ((c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5BD) ||
      (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || (c >= 0x1AB0 && c <= 0x1AFF) ||
      (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
      (c >= 0xFE20 && c <= 0xFE2F)) {
    return 0;
  }
  if ((c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF) ||
      (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
      (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
      (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F680 && c <= 0x1F6FF) || (c >= 0x1F900 && c <= 0x1F9FF) ||
      (c >= 0x20000 && c <= 0x3FFFD)) {
    return 2;
  }
  return 1;
}

/// Appends `value` as JSON until `out` has more than `most` bytes.
void append_until(std::string& out, const Value& value, std::size_t most) {
  if (out.size() > most) return;
  if (value.is_array()) {
    out += '[';
    bool first = true;
    for (const Value& item : value.items()) {
      if (!first) out += ',';
      first = false;
      append_until(out, item, most);
      if (out.size() > most) return;
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const Member& member : value.members()) {
      if (!first) out += ',';
      first = false;
      append_json_string(out, member.key.view().substr(0, most));
      out += ':';
      append_until(out, member.value, most);
      if (out.size() > most) return;
    }
    out += '}';
  } else if (value.is_string()) {
    append_json_string(out, value.as_string().substr(0, most));
  } else {
    append_json(out, value);
  }
}

}  // namespace

std::string paint(const Style& style, Tone tone, std::string_view text) {
  if (!style.colour || tone == Tone::Plain || text.empty()) return std::string(text);
  constexpr std::string_view kCodes[] = {"", "1", "2", "32", "31", "33", "36"};
  return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<std::size_t>(tone)], text);
}

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) width += columns_of(next_code_point(text, i));
  return width;
}

std::string cut(const Style& style, std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  const std::size_t mark = columns(style.ellipsis());
  if (width <= mark) return std::string(style.ellipsis().substr(0, style.ascii ? width : style.ellipsis().size()));
  std::size_t used = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    used += columns_of(next_code_point(text, i));
    if (used > width - mark) break;
    end = i;
  }
  std::string result(text.substr(0, end));
  result += style.ellipsis();
  return result;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = columns(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string rest = display(text.substr(0, end));
    while (columns(rest) > width) {
      std::size_t used = 0, fits = 0, space = 0;
      for (std::size_t i = 0; i < rest.size();) {
        const std::size_t start = i;
        const char32_t c = next_code_point(rest, i);
        used += columns_of(c);
        if (used > width) {
          if (c == ' ') space = start;
          break;
        }
        fits = i;
        if (c == ' ') space = start;
      }
      if (fits == 0) fits = rest.size();
      const std::size_t at = space > 0 ? space : fits;
      lines.push_back(rest.substr(0, at));
      rest.erase(0, space > 0 ? at + 1 : at);
    }
    lines.push_back(std::move(rest));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string short_json(const Style& style, const Value& value, std::size_t width) {
  std::string text;
  // A character takes at most four bytes, a wide one two columns; escapes only take more columns.
  append_until(text, value, 4 * width + 16);
  // What was cut inside a character is no UTF-8 any more.
  if (const auto broken = find_invalid_utf8(text); broken && text.size() > 4 * width) text.resize(*broken);
  return cut(style, display(text), width);
}

std::string terminal_json(const Value& value) {
  return terminal_json(to_json(value));
}

std::string terminal_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size();) {
    const std::size_t start = i;
    while (i < json.size() && static_cast<unsigned char>(json[i]) < 0x7F) ++i;
    out += json.substr(start, i - start);
    if (i == json.size()) break;
    const std::size_t at = i;
    const char32_t c = next_code_point(json, i);
    const std::string_view character = json.substr(at, i - at);
    if (display(character) == character) {
      out += character;
    } else if (c < 0x10000) {
      out += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c));
    } else {
      out += fmt::format("\\u{:04X}\\u{:04X}", 0xD800 + ((static_cast<std::uint32_t>(c) - 0x10000) >> 10),
                         0xDC00 + ((static_cast<std::uint32_t>(c) - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::string format_duration(std::int64_t milliseconds) {
  if (milliseconds < 0) return "-" + format_duration(-milliseconds);
  const std::int64_t seconds = milliseconds / 1000;
  const std::int64_t rest = milliseconds % 1000;
  std::string text;
  const auto add = [&](std::int64_t amount, char unit) {
    if (amount == 0) return;
    if (!text.empty()) text += ' ';
    text += fmt::format("{}{}", amount, unit);
  };
  add(seconds / 86'400, 'd');
  add(seconds / 3600 % 24, 'h');
  add(seconds / 60 % 60, 'm');
  if (rest == 0) {
    add(seconds % 60, 's');
    return text.empty() ? "0s" : text;
  }
  if (!text.empty()) text += ' ';
  std::string decimals = fmt::format("{:03}", rest);
  while (decimals.back() == '0') decimals.pop_back();
  return text + fmt::format("{}.{}s", seconds % 60, decimals);
}

}  // namespace stepglass::analysis
