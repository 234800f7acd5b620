#pragma once
// What the families of texts share: arguments that are texts, results that are, and places counted as the reference
// counts them.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/jsonata/function.h"

namespace stepglass::jsonata {

/// Bytes that a string takes beside its text.
inline constexpr std::uint64_t kStringBytes = 32;
/// Bytes that an array and an object take beside their items and members.
inline constexpr std::uint64_t kArrayBytes = 40;
inline constexpr std::uint64_t kObjectBytes = 64;

/// A step for each 16 bytes of text gone over: copying and searching are quick.
inline void charge_text(const Call& call, std::uint64_t bytes) {
  call.charge_steps(1 + bytes / 16);
}

/// Charges what a string of `bytes` takes, before it is made.
inline void charge_string(const Call& call, std::uint64_t bytes) {
  call.charge_bytes(bytes + kStringBytes);  // first, since it says better what is wrong
  charge_text(call, bytes);
}

/// Writes a text of known size piece by piece.
class TextWriter {
 public:
  explicit TextWriter(char* to) : to_(to) {}
  void add(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(to_, text.data(), text.size());
    to_ += text.size();
  }

 private:
  char* to_;
};

/// A string that is part of a larger one, or that one itself when it is all of it.
inline Value part_of(const Call& call, const Value& whole, std::string_view part) {
  if (part.size() == whole.as_string().size()) return whole;
  charge_string(call, part.size());
  return Value(part);
}

/// The number of an argument; NaN, which compares with nothing, when it is undefined.
inline double number_or_nan(const Item& item) {
  return item ? item->as_double() : std::nan("");
}

/// A relative place in `size` as Array.prototype.slice reads it: truncated, counted from the end when negative.
inline std::size_t slice_place(double place, std::size_t size) {
  if (!(place == place)) return 0;
  const double whole = std::trunc(place);
  const auto end = static_cast<double>(size);
  if (whole < 0) return whole + end < 0 ? 0 : static_cast<std::size_t>(whole + end);
  return whole > end ? size : static_cast<std::size_t>(whole);
}

/// True when all of `text` is ASCII, so that bytes, UTF-16 units and characters are the same.
inline bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace stepglass::jsonata
