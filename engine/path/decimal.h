#pragma once
// A decimal number of any length, as filters compare them: Jayway turns every number into a java.math.BigDecimal, so
// that 1.10 equals 1.1, and a number meets a string as its text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/value/value.h"

namespace stepglass::path {

class Decimal {
 public:
  /// Reads what java.math.BigDecimal reads: [+-]digits[.digits][e[+-]digits], where one side of the point may be
  /// empty. Exponents beyond 32 bits are no number, as there.
  static std::optional<Decimal> parse(std::string_view text);
  /// `number` is a number.
  static Decimal of(const Value& number);

  /// As BigDecimal.toString writes it: 1.10, 1E+2, 1.0E+10.
  std::string to_string() const;
  /// BigDecimal.intValue: without the fraction, the low 32 bits.
  std::int32_t int_value() const;

  /// By value: negative, zero or positive.
  friend int compare(const Decimal& a, const Decimal& b);

 private:
  bool negative_ = false;
  std::string digits_;      // without leading zeros; empty is zero
  std::int64_t scale_ = 0;  // digits behind the point; negative when zeros follow
  std::size_t precision() const { return digits_.empty() ? 1 : digits_.size(); }
};

int compare(const Decimal& a, const Decimal& b);

/// The order of two numbers as decimals, without making any where that can be avoided.
int compare_as_decimals(const Value& a, const Value& b);

}  // namespace stepglass::path
