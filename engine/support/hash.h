#pragma once
// FNV-1a: a number for a text, the same on every build. For seeds and for sorting by; not for tables, whose speed a
// choice of texts could spoil.

#include <cstdint>
#include <string_view>

namespace stepglass {

inline constexpr std::uint64_t kHashStart = 0xCBF29CE484222325u;

/// The hash of `text`; give an earlier result as `start` to go on with it.
constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t start = kHashStart) {
  for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return start;
}

}  // namespace stepglass
