#include "engine/path/decimal.h"

#include <algorithm>
#include <cmath>

#include "engine/support/number.h"

namespace stepglass::path {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal result;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) result.negative_ = text[i++] == '-';
  bool any = false, point = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') {
      point = true;
      continue;
    }
    any = true;
    if (point) ++result.scale_;
    if (!result.digits_.empty() || text[i] != '0') result.digits_ += text[i];
  }
  if (!any) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    const bool minus = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (i == text.size()) return std::nullopt;
    std::int64_t exponent = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) {
      exponent = exponent * 10 + (text[i] - '0');
      if (exponent > INT32_MAX) return std::nullopt;
    }
    result.scale_ -= minus ? -exponent : exponent;
  }
  if (i != text.size() || result.scale_ > INT32_MAX || result.scale_ < INT32_MIN) return std::nullopt;
  return result;
}

Decimal Decimal::of(const Value& number) {
  std::string text;
  switch (number.kind()) {
    case Value::Kind::Integer:
      text = std::to_string(number.as_integer());
      break;
    case Value::Kind::Unsigned:
      text = std::to_string(number.as_unsigned());
      break;
    default:
      append_double_java(text, number.as_double());
      break;
  }
  return *parse(text);
}

std::string Decimal::to_string() const {
  // The rule of java.math.BigDecimal.toString: plain while the scale is not negative and the first digit stands no
  // more than six places behind the point.
  std::string out = negative_ && !digits_.empty() ? "-" : "";
  const std::string digits = digits_.empty() ? "0" : digits_;
  const auto length = static_cast<std::int64_t>(digits.size());
  const std::int64_t adjusted = length - 1 - scale_;
  if (scale_ == 0) return out + digits;
  if (scale_ > 0 && adjusted >= -6) {
    if (scale_ >= length) {
      out += "0.";
      out.append(static_cast<std::size_t>(scale_ - length), '0');
      return out + digits;
    }
    return out + digits.substr(0, static_cast<std::size_t>(length - scale_)) + "." +
           digits.substr(static_cast<std::size_t>(length - scale_));
  }
  out += digits[0];
  if (length > 1) out += "." + digits.substr(1);
  if (adjusted != 0) out += (adjusted > 0 ? "E+" : "E") + std::to_string(adjusted);
  return out;
}

std::int32_t Decimal::int_value() const {
  std::uint32_t value = 0;
  const std::int64_t whole = static_cast<std::int64_t>(digits_.size()) - scale_;
  for (std::int64_t i = 0; i < whole; ++i) {
    if (i >= static_cast<std::int64_t>(digits_.size()) && (value == 0 || whole - i > 64)) return 0;  // ten^32 is even
    const char digit = i < static_cast<std::int64_t>(digits_.size()) ? digits_[static_cast<std::size_t>(i)] : '0';
    value = value * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return static_cast<std::int32_t>(negative_ ? 0 - value : value);
}

int compare(const Decimal& a, const Decimal& b) {
  const int sign_a = a.digits_.empty() ? 0 : a.negative_ ? -1 : 1;
  const int sign_b = b.digits_.empty() ? 0 : b.negative_ ? -1 : 1;
  if (sign_a != sign_b || sign_a == 0) return sign_a < sign_b ? -1 : sign_a > sign_b ? 1 : 0;
  // Where the first digit stands decides; then the digits, with zeros behind the shorter.
  const std::int64_t top_a = static_cast<std::int64_t>(a.digits_.size()) - a.scale_;
  const std::int64_t top_b = static_cast<std::int64_t>(b.digits_.size()) - b.scale_;
  if (top_a != top_b) return top_a < top_b ? -sign_a : sign_a;
  const std::size_t common = std::min(a.digits_.size(), b.digits_.size());
  int order = a.digits_.compare(0, common, b.digits_, 0, common);
  const auto more = [&](const std::string& digits) {
    return digits.find_first_not_of('0', common) != std::string::npos;
  };
  if (order == 0) order = more(a.digits_) ? 1 : more(b.digits_) ? -1 : 0;
  return order < 0 ? -sign_a : order > 0 ? sign_a : 0;
}

int compare_as_decimals(const Value& a, const Value& b) {
  // The shortest text of a double reads back as that double and no other, so decimals stand in the order of the
  // doubles; and a whole number below 2^53 is such a double itself.
  constexpr double kWhole = 9007199254740992.0;
  const auto exact = [](const Value& v) { return v.is_integer() || std::fabs(v.as_double()) < kWhole; };
  if (a.kind() == b.kind() || (a.is_integer() && b.is_integer()) || (exact(a) && exact(b)))
    return compare_numbers(a, b);
  return compare(Decimal::of(a), Decimal::of(b));
}

}  // namespace stepglass::path
