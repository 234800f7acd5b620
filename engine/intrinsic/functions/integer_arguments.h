#pragma once
// Whole numbers from arguments that may have a fraction.

#include <cmath>
#include <cstdint>
#include <optional>

#include "engine/support/number.h"
#include "engine/value/value.h"

namespace stepglass::intrinsic {

/// `number` without its fraction, when it fits 64 bits. Most functions cut where the developer guide says that they
/// round: States.ArrayGetItem($.a, 1.9) gives item 1 (gabrielmoreira/tiny-asl-machine, recorded notes on
/// States.ArrayPartition, ArrayRange, ArrayGetItem, MathRandom).
inline std::optional<std::int64_t> cut_integer(const Value& number) {
  if (number.kind() == Value::Kind::Integer) return number.as_integer();
  if (number.kind() != Value::Kind::Double) return std::nullopt;
  const double cut = std::trunc(number.as_double());
  if (!(cut >= -9223372036854775808.0 && cut < 9223372036854775808.0)) return std::nullopt;
  return static_cast<std::int64_t>(cut);
}

/// `number` rounded half up, when it fits 64 bits: what States.MathAdd does (recorded: 1.5 gives 2, -1.5 gives -1).
inline std::optional<std::int64_t> rounded_integer(const Value& number) {
  if (number.kind() == Value::Kind::Integer) return number.as_integer();
  if (number.kind() != Value::Kind::Double) return std::nullopt;
  return round_half_up(number.as_double());
}

inline bool fits_32_bits(std::int64_t number) {
  return number == static_cast<std::int32_t>(number);
}

}  // namespace stepglass::intrinsic
