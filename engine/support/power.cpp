#include "engine/support/power.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

// Computes with pairs of doubles, some 106 bits: integral exponents by repeated squaring, others as exp(y log x). Only
// + - * / and sqrt are used, on which all builds agree (no contraction to fma: see the build's flags).

namespace stepglass {
namespace {

/// A number as the sum of two doubles that do not overlap.
struct Pair {
  double high = 0;
  double low = 0;
};

Pair quick_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

Pair sum(double a, double b) {
  const double s = a + b;
  const double part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}

Pair add(Pair a, Pair b) {
  Pair high = sum(a.high, b.high);
  const Pair low = sum(a.low, b.low);
  high = quick_sum(high.high, high.low + low.high);
  return quick_sum(high.high, high.low + low.low);
}

/// Splits a double into two halves of 26 bits, whose products are exact.
Pair split(double a) {
  const double scaled = 134217729.0 * a;
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

Pair product(double a, double b) {
  const double p = a * b;
  const Pair x = split(a), y = split(b);
  return {p, ((x.high * y.high - p) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

Pair multiply(Pair a, Pair b) {
  const Pair p = product(a.high, b.high);
  return quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

Pair divide(Pair a, Pair b) {
  const double first = a.high / b.high;
  Pair rest = add(a, multiply({-first, 0}, b));
  const double second = rest.high / b.high;
  rest = add(rest, multiply({-second, 0}, b));
  const double third = rest.high / b.high;
  return add(quick_sum(first, second), {third, 0});
}

/// Multiplies by 2^exponent, in steps that neither overflow nor lose bits early.
double scale(double value, int exponent) {
  const auto power_of_two = [](int e) {
    const auto bits = static_cast<std::uint64_t>(e + 1023) << 52;
    double result;
    std::memcpy(&result, &bits, sizeof result);
    return result;
  };
  for (; exponent > 1000; exponent -= 1000) value *= power_of_two(1000);
  for (; exponent < -1000; exponent += 1000) value *= power_of_two(-1000);
  return value * power_of_two(exponent);
}

/// A positive number as mantissa in [sqrt(1/2), sqrt(2)) times 2^exponent.
struct Parts {
  double mantissa;
  int exponent;
};

Parts parts_of(double value) {
  int shift = 0;
  if (value < std::numeric_limits<double>::min()) {
    value *= 18014398509481984.0;  // 2^54
    shift = -54;
  }
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  bits = (bits & 0xF'FFFF'FFFF'FFFFu) | 0x3FF0'0000'0000'0000u;
  double mantissa;
  std::memcpy(&mantissa, &bits, sizeof mantissa);
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    ++exponent;
  }
  return {mantissa, exponent + shift};
}

constexpr Pair kLog2{0.6931471805599453, 2.3190468138462996e-17};

/// The logarithm of a mantissa, as 2 atanh((m - 1) / (m + 1)).
Pair log_of(double mantissa) {
  const Pair z = divide(sum(mantissa, -1), sum(mantissa, 1));
  const Pair square = multiply(z, z);
  // z + z³/3 + z⁵/5 …, from the far end; |z| < 0.172.
  Pair series{};
  for (int n = 43; n >= 1; n -= 2) series = add(multiply(series, square), divide({1, 0}, {static_cast<double>(n), 0}));
  const Pair half = multiply(z, series);
  return add(half, half);
}

/// e to the power of `exponent`, rounded once.
double exp_of(Pair exponent) {
  if (exponent.high > 710) return std::numeric_limits<double>::infinity();
  if (exponent.high < -746) return 0;
  const double whole = std::floor(exponent.high / kLog2.high + 0.5);
  Pair rest = add(exponent, multiply({-whole, 0}, kLog2));
  // e^r = (e^(r/256))^256
  rest = {rest.high / 256, rest.low / 256};
  Pair series{1, 0};
  for (int n = 12; n >= 1; --n) series = add({1, 0}, multiply(divide(rest, {static_cast<double>(n), 0}), series));
  for (int i = 0; i < 8; ++i) series = multiply(series, series);
  return scale(series.high + series.low, static_cast<int>(whole));
}

bool is_odd(double integer) {
  return std::fabs(integer) < 9007199254740992.0 && std::fmod(integer, 2) != 0;
}

/// |base|^|exponent| for an integral exponent, in pairs; nothing reliable when it leaves the range of doubles.
Pair whole_power(double base, double exponent) {
  Pair result{1, 0}, square{base, 0};
  for (auto left = static_cast<std::uint64_t>(exponent); left > 0; left >>= 1) {
    if (left & 1) result = multiply(result, square);
    if (left > 1) square = multiply(square, square);
  }
  return result;
}

}  // namespace

double power(double base, double exponent) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  if (exponent == 0) return 1;
  if (std::isnan(base) || std::isnan(exponent)) return kNaN;
  const double size = std::fabs(base);
  if (std::isinf(exponent)) {
    if (size == 1) return kNaN;
    return (size > 1) == (exponent > 0) ? kInfinity : 0;
  }
  const bool is_whole = std::trunc(exponent) == exponent;
  const bool is_negative = std::signbit(base) && is_whole && is_odd(exponent);
  const double sign = is_negative ? -1 : 1;
  if (size == 0 || std::isinf(size)) return sign * ((size == 0) == (exponent > 0) ? 0 : kInfinity);
  if (base < 0 && !is_whole) return kNaN;
  if (size == 1) return sign;
  if (exponent == 0.5) return std::sqrt(size);
  constexpr double kMostSquared = 1024;
  if (is_whole && std::fabs(exponent) <= kMostSquared) {
    const Pair result = whole_power(size, std::fabs(exponent));
    // Inside the range where pairs are exact; beyond it the logarithm is as good.
    if (result.high < 1e290 && result.high > 1e-270) {
      if (exponent > 0) return sign * (result.high + result.low);
      const Pair inverse = divide({1, 0}, result);
      return sign * (inverse.high + inverse.low);
    }
  }
  const Parts parts = parts_of(size);
  const Pair log = add(log_of(parts.mantissa), multiply({static_cast<double>(parts.exponent), 0}, kLog2));
  if (std::fabs(exponent) > 1e300 || std::fabs(log.high * exponent) > 1e4) {
    return sign * ((log.high > 0) == (exponent > 0) ? kInfinity : 0);
  }
  return sign * exp_of(multiply({exponent, 0}, log));
}

}  // namespace stepglass
