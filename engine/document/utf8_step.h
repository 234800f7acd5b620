#pragma once
// One step over UTF-8 that need not be well-formed.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stepglass::detail {

struct Utf8Step {
  /// Bytes of the code point; where `valid` is false, the bytes that a decoder replaces by one U+FFFD.
  std::uint32_t length = 1;
  bool valid = true;
  /// The code point; U+FFFD where `valid` is false.
  char32_t code_point = 0xFFFD;
};

/// Reads at `offset`, which is inside `text`.
inline Utf8Step utf8_step(std::string_view text, std::size_t offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  if (lead < 0x80) return {1, true, lead};
  std::uint32_t length = 0;
  unsigned char low = 0x80, high = 0xBF;  // bounds of the second byte
  char32_t code_point = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    code_point = lead & 0x1Fu;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    code_point = lead & 0x0Fu;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    code_point = lead & 0x07u;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {1, false, 0xFFFD};
  }
  for (std::uint32_t k = 1; k < length; ++k) {
    if (offset + k >= text.size()) return {k, false, 0xFFFD};
    const auto byte = static_cast<unsigned char>(text[offset + k]);
    if (byte < low || byte > high) return {k, false, 0xFFFD};
    code_point = (code_point << 6) | (byte & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {length, true, code_point};
}

}  // namespace stepglass::detail
