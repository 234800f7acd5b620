#include "engine/jsonata/builtins/rounding.h"

#include <cmath>

#include "engine/support/number.h"

namespace stepglass::jsonata {
namespace {

/// `number` times 10^places, by its decimal digits: what is written as 2.675 is no binary neighbour of it here.
double shifted(double number, double places) {
  std::string text;
  append_double_ecmascript(text, number);
  const std::size_t mark = text.find('e');
  double exponent = places;
  if (mark != std::string::npos) {
    const std::string_view digits = std::string_view(text).substr(text[mark + 1] == '+' ? mark + 2 : mark + 1);
    exponent += static_cast<double>(parse_integer(digits).value_or(0));
    text.resize(mark);
  }
  // Beyond this every number is 0 or infinite.
  constexpr double kMost = 2000;
  exponent = std::fmax(-kMost, std::fmin(kMost, exponent));
  text += 'e';
  text += std::to_string(static_cast<int>(exponent));
  return parse_double(text).value_or(number);
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

Item number_item(double number) {
  if (std::isfinite(number)) return number_value(number == 0 ? 0 : number);
  Value value(number);
  value.set_mark(mark::kNonFinite);
  return value;
}

double rounded(double number, double places) {
  // The reference puts the places behind an "e", where a fraction makes no number.
  if (places != std::trunc(places)) return std::nan("");
  if (!std::isfinite(number)) return number;
  if (places != 0) number = shifted(number, places);
  // Half up, and back again from a half to an odd number: half to even.
  double result = std::floor(number + 0.5);
  if (number + 0.5 == result && result - number != 0.5) result = std::floor(number);  // 0.49999999999999994
  if (std::fabs(number) >= 4503599627370496.0) result = number;                       // whole already
  if (std::fabs(result - number) == 0.5 && std::fmod(std::fabs(result), 2) == 1) result -= 1;
  if (places != 0 && std::isfinite(result)) result = shifted(result, -places);
  return result;
}

double leading_integer(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  double sign = 1;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    if (text.front() == '-') sign = -1;
    text.remove_prefix(1);
  }
  if (text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    double number = 0;
    std::size_t at = 2;
    for (; at < text.size(); ++at) {
      const char lower = static_cast<char>(text[at] | 0x20);
      if (text[at] >= '0' && text[at] <= '9') {
        number = number * 16 + (text[at] - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        number = number * 16 + (lower - 'a' + 10);
      } else {
        break;
      }
    }
    return at == 2 ? std::nan("") : sign * number;
  }
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  if (count == 0) return std::nan("");
  std::string_view digits = text.substr(0, count);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return sign * parse_double(digits).value_or(0);
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  std::string text;
  append_double_ecmascript(text, number);
  return text;
}

}  // namespace stepglass::jsonata
