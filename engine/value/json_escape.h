#pragma once
// Text as it stands inside a JSON string, and inside a JSON text that itself stands inside a JSON string.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/support/text_stage.h"

namespace stepglass {

/// What a byte becomes inside a JSON string: 0 as it is, 'u' a \u00XX escape, else the letter behind the backslash.
constexpr char json_escape(unsigned char byte) {
  switch (byte) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return byte < 0x20 ? 'u' : '\0';
  }
}

/// How many strings a text stands in: a member of an object is Plain, one of the object that an `input` of the history
/// holds as text is Embedded.
enum class JsonLevel { Plain, Embedded };

namespace detail {

/// The number of bytes before the first of the eight at `text` that has an escape; 8 when none has.
inline unsigned clean_bytes(std::uint64_t eight) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  // Byte by byte: `x - n` borrows into the high bit when x < n. A borrow can reach only higher bytes, so that the
  // lowest mark is right.
  const std::uint64_t quote = eight ^ (kOnes * '"');
  const std::uint64_t backslash = eight ^ (kOnes * '\\');
  const std::uint64_t marks =
      (((eight - kOnes * 0x20) & ~eight) | ((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash)) &
      (kOnes * 0x80);
  return marks == 0 ? 8 : static_cast<unsigned>(std::countr_zero(marks)) / 8;
}

template <JsonLevel level>
inline void add_escape(TextStage& stage, unsigned char byte, char escape) {
  constexpr bool embedded = level == JsonLevel::Embedded;
  char* const begin = stage.room(16);
  char* p = begin;
  *p++ = '\\';
  if (embedded) *p++ = '\\';
  if (embedded && (escape == '"' || escape == '\\')) *p++ = '\\';
  *p++ = escape;
  if (escape == 'u') {
    constexpr char hex[] = "0123456789ABCDEF";
    *p++ = '0';
    *p++ = '0';
    *p++ = hex[byte >> 4];
    *p++ = hex[byte & 15];
  }
  stage.grow(static_cast<std::size_t>(p - begin));
}

}  // namespace detail

/// Adds what stands between the quotes.
template <JsonLevel level>
void add_json_characters(TextStage& stage, std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (end - p >= 8) {
    std::uint64_t eight;
    std::memcpy(&eight, p, 8);
    std::memcpy(stage.room(8), p, 8);
    const unsigned clean = detail::clean_bytes(eight);
    stage.grow(clean);
    p += clean;
    if (clean == 8) continue;
    const auto byte = static_cast<unsigned char>(*p++);
    detail::add_escape<level>(stage, byte, json_escape(byte));
  }
  for (; p != end; ++p) {
    const auto byte = static_cast<unsigned char>(*p);
    if (const char escape = json_escape(byte)) {
      detail::add_escape<level>(stage, byte, escape);
    } else {
      stage.add(*p);
    }
  }
}

/// Adds a quote of a JSON string.
template <JsonLevel level>
void add_json_quote(TextStage& stage) {
  if constexpr (level == JsonLevel::Embedded) {
    stage.add("\\\"");
  } else {
    stage.add('"');
  }
}

/// Adds `text` as a JSON string, quotes included.
template <JsonLevel level>
void add_json_string(TextStage& stage, std::string_view text) {
  add_json_quote<level>(stage);
  add_json_characters<level>(stage, text);
  add_json_quote<level>(stage);
}

}  // namespace stepglass
