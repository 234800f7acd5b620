#pragma once
// Numbers to text and back, the same on every build: no locale, no libc formatting.

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepglass {

/// Appends `number` in decimal digits.
template <std::integral Integer>
void append_integer(std::string& out, Integer number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end.ptr);
}

/// Appends the shortest text that reads back as `number`, as Java's Double.toString writes it and so the service prints
/// in JSONPath states: 1.5, 1.0, 1.0E10, 1.0E-4. `number` is finite.
void append_double_java(std::string& out, double number);

/// Appends the shortest text that reads back as `number`, as ECMAScript's Number::toString writes it: 1.5, 1,
/// 10000000000, 0.0001, 1e+21. `number` is finite.
void append_double_ecmascript(std::string& out, double number);

/// Reads a number in JSON's grammar; all of `text` must be one. Infinite when it is too large for a double.
std::optional<double> parse_double(std::string_view text);

/// Reads a decimal integer that fits 64 bits, with an optional minus; all of `text` must be one.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// floor(number + 0.5) as an integer when it fits 64 bits: half up, towards positive infinity, as the intrinsic
/// functions of the service round their arguments (recorded: 1.5 gives 2, -1.5 gives -1, -0.5 gives 0).
std::optional<std::int64_t> round_half_up(double number);

}  // namespace stepglass
