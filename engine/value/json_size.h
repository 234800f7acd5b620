#pragma once
// How many bytes a Value takes as compact JSON. This is what the service's payload limit counts.

#include <cstdint>

#include "engine/value/value.h"

namespace stepglass {

/// Bytes of `value` as compact UTF-8 JSON. Asked again it costs nothing: containers and strings remember it. Saturates
/// (a value that shares its parts can be far larger as text than in memory).
std::uint64_t json_size(const Value& value);

namespace detail {
/// Sizes saturate here: far above every limit, and sums of two still fit.
inline constexpr std::uint64_t kMaxJsonSize = std::uint64_t{1} << 62;
inline std::uint64_t add_json_size(std::uint64_t a, std::uint64_t b) {
  return a + b > kMaxJsonSize ? kMaxJsonSize : a + b;
}
inline std::uint64_t subtract_json_size(std::uint64_t a, std::uint64_t b) {
  return a >= kMaxJsonSize ? kMaxJsonSize : a - b;
}
}  // namespace detail
using detail::add_json_size;
using detail::subtract_json_size;

}  // namespace stepglass
