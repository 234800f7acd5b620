#include "engine/document/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/document/diagnostic_list.h"
#include "engine/document/utf8_step.h"
#include "engine/support/limits.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::detail {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostTagLines = 100;
constexpr std::size_t kMostPlaceholderBytes = 320;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Source: YAML 1.2, c-printable.
bool is_printable(char32_t c) {
  return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0x7E) || c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

}  // namespace

CharacterOffsets::CharacterOffsets(std::string_view text) : text_(text) {
  const auto first =
      std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (first == text.end()) return;
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (count % kBlock == 0) blocks_.push_back(static_cast<std::uint32_t>(i));
    ++count;
  }
}

std::uint32_t CharacterOffsets::at(std::size_t index) const {
  if (blocks_.empty()) return static_cast<std::uint32_t>(std::min(index, text_.size()));
  if (index / kBlock >= blocks_.size()) return static_cast<std::uint32_t>(text_.size());
  std::size_t i = blocks_[index / kBlock];
  for (std::size_t left = index % kBlock; left > 0 && i < text_.size(); --left) {
    ++i;
    while (i < text_.size() && (static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80) ++i;
  }
  return static_cast<std::uint32_t>(i);
}

Diagnostics clean_yaml(std::string_view text, std::string& copy) {
  DiagnosticList utf8(kMaxListedOfOneName), nul(kMaxListedOfOneName), controls(kMaxSyntaxErrors);
  Diagnostics diagnostics;
  if (text.starts_with("\xEF\xBB\xBF")) {
    diagnostics.push_back({.name = "byte-order-mark",
                           .severity = Severity::Info,
                           .message = "the text starts with a byte order mark",
                           .help = "save it as UTF-8 without one",
                           .span = {0, 3},
                           .pointer = ""});
  }
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r') {
      ++i;
      continue;
    }
    const Utf8Step step = utf8_step(text, i);
    if (step.valid && is_printable(step.code_point)) {
      i += step.length;
      continue;
    }
    // A run of the same kind is one finding.
    const std::size_t begin = i;
    while (i < text.size()) {
      const Utf8Step next = utf8_step(text, i);
      if (next.valid != step.valid || (next.valid && next.code_point != step.code_point)) break;
      i += next.length;
    }
    if (copy.empty()) copy = std::string(text);
    std::fill(copy.begin() + static_cast<std::ptrdiff_t>(begin), copy.begin() + static_cast<std::ptrdiff_t>(i), '?');
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)};
    const auto add = [&](DiagnosticList& list, std::string_view name, std::string message, std::string_view help) {
      list.add({.name = std::string(name),
                .severity = Severity::Error,
                .message = std::move(message),
                .help = std::string(help),
                .span = span,
                .pointer = ""});
    };
    if (!step.valid) {
      add(utf8, "invalid-utf8", fmt::format("the bytes \"{}\" are no UTF-8", excerpt(text.substr(begin, i - begin))),
          "save the text as UTF-8");
    } else if (step.code_point == 0) {
      add(nul, "null-byte", "a NUL byte is no YAML", "delete it; many readers take it for the end of the text");
    } else {
      add(controls, "yaml-syntax",
          fmt::format("the control character U+{:04X} is no YAML", static_cast<std::uint32_t>(step.code_point)),
          "delete it, or write it as an escape in double quotes");
    }
  }
  utf8.move_to(diagnostics);
  nul.move_to(diagnostics);
  controls.move_to(diagnostics);
  return diagnostics;
}

bool is_readable_yaml(std::string_view text, Diagnostics& diagnostics) {
  const auto refuse = [&](std::string_view name, std::string message, std::string_view help, Span span) {
    diagnostics.clear();
    diagnostics.push_back({.name = std::string(name),
                           .severity = Severity::Error,
                           .message = std::move(message),
                           .help = std::string(help),
                           .span = span,
                           .pointer = ""});
    return false;
  };
  const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
                    (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
  if (wide) return refuse("invalid-utf8", "the text is UTF-16 or UTF-32", "save it as UTF-8", {0, 2});
  std::size_t lines = 0;
  for (std::size_t i = text.find("%TAG"); i != std::string_view::npos; i = text.find("%TAG", i + 4)) {
    if (i > 0 && text[i - 1] != '\n' && text[i - 1] != '\r') continue;
    if (++lines > kMostTagLines) {
      const auto begin = static_cast<std::uint32_t>(i);
      return refuse("yaml-syntax", fmt::format("the text has more than {} lines that start with %TAG", kMostTagLines),
                    "nothing was read", {begin, begin + 4});
    }
  }
  return true;
}

bool mask_placeholders(std::string& text) {
  constexpr std::string_view kMeaning = "{}[]:,#\"'&*!|>%@`?\\";
  bool changed = false;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    std::size_t begin = open;
    std::string_view closing;
    if (open > 0 && (text[open - 1] == '$' || text[open - 1] == '#')) {
      begin = open - 1;
      closing = "}";
    } else if (open + 1 < text.size() && (text[open + 1] == '{' || text[open + 1] == '%' || text[open + 1] == '#')) {
      closing = text[open + 1] == '{' ? "}}" : text[open + 1] == '%' ? "%}" : "#}";
    } else {
      continue;
    }
    const std::string_view rest = std::string_view(text).substr(open + 1, kMostPlaceholderBytes);
    const std::size_t length = rest.find(closing, 1);
    if (length == std::string_view::npos || length > rest.find('\n')) continue;
    const std::size_t end = open + 1 + length + closing.size();
    changed = true;
    const bool is_directive = closing == "%}" || closing == "#}";
    std::size_t line = begin;
    while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
    if (is_directive && (line == 0 || text[line - 1] == '\n')) {
      text[begin] = '#';
      open = end - 1;
      continue;
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (kMeaning.find(text[i]) != std::string_view::npos) text[i] = '_';
    }
    open = end - 1;
  }
  return changed;
}

std::optional<std::string> yaml_number(std::string_view word) {
  std::string_view rest = word;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (rest.empty() || !(is_digit(rest[0]) || rest[0] == '.')) return std::nullopt;
  if (word == rest && rest.size() > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'o')) {
    std::uint64_t number = 0;
    const auto [end, error] =
        std::from_chars(rest.data() + 2, rest.data() + rest.size(), number, rest[1] == 'x' ? 16 : 8);
    if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    return fmt::format("{}", number);
  }
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < rest.size() && is_digit(rest[i])) ++i;
    return rest.substr(begin, i - begin);
  };
  std::string_view whole = digits(), fraction, exponent;
  if (i < rest.size() && rest[i] == '.') {
    ++i;
    fraction = digits();
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if (i < rest.size() && (rest[i] == 'e' || rest[i] == 'E')) {
    const std::size_t begin = i++;
    if (i < rest.size() && (rest[i] == '-' || rest[i] == '+')) ++i;
    if (digits().empty()) return std::nullopt;
    exponent = rest.substr(begin, i - begin);
  }
  if (i != rest.size()) return std::nullopt;
  while (whole.size() > 1 && whole[0] == '0') whole.remove_prefix(1);
  std::string number = fmt::format("{}{}", negative ? "-" : "", whole.empty() ? "0" : whole);
  if (!fraction.empty()) number += fmt::format(".{}", fraction);
  number += exponent;
  if (!std::isfinite(parse_double(number).value_or(HUGE_VAL))) return std::nullopt;
  return number;
}

std::string_view yaml_1_1_meaning(std::string_view word) {
  if (word.empty() || word.size() > 24) return "";
  for (const std::string_view yes : {"yes", "Yes", "YES", "on", "On", "ON"}) {
    if (word == yes) return "true";
  }
  for (const std::string_view no : {"no", "No", "NO", "off", "Off", "OFF"}) {
    if (word == no) return "false";
  }
  if (!is_digit(word[0])) return "";
  if (word[0] == '0' && word.size() > 1 && word.find_first_not_of("01234567") == std::string_view::npos) {
    return "a number to the base of 8";
  }
  if (word[0] != '0' && word.find(':') != std::string_view::npos &&
      word.find_first_not_of("0123456789:") == std::string_view::npos && is_digit(word.back())) {
    return "a number to the base of 60";
  }
  return "";
}

}  // namespace stepglass::detail
