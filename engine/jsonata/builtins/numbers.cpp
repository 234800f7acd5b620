// Functions of numbers.

#include <cmath>
#include <optional>
#include <string>

#include "engine/jsonata/builtins/format_integer.h"
#include "engine/jsonata/builtins/format_number.h"
#include "engine/jsonata/builtins/rounding.h"
#include "engine/jsonata/function.h"
#include "engine/support/number.h"
#include "engine/support/power.h"

namespace stepglass::jsonata {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A number in the grammar that $number takes: JSON's, with leading zeros.
std::optional<double> decimal(std::string_view text) {
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  std::size_t zeros = 0;
  while (zeros + 1 < digits.size() && digits[zeros] == '0' && is_digit(digits[zeros + 1])) ++zeros;
  const auto number = parse_double(digits.substr(zeros));
  if (!number || digits.starts_with('-') || !std::isfinite(*number)) return std::nullopt;
  return negative ? -*number : *number;
}

/// 0x…, 0o…, 0b…
std::optional<double> prefixed(std::string_view text) {
  if (text.size() < 3 || text[0] != '0') return std::nullopt;
  const char letter = static_cast<char>(text[1] | 0x20);
  const int radix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  if (radix == 0) return std::nullopt;
  double number = 0;
  for (const char c : text.substr(2)) {
    const char lower = static_cast<char>(c | 0x20);
    const int digit = is_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
    if (digit >= radix) return std::nullopt;
    number = number * radix + digit;
  }
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

Item number(const Call& call) {
  if (!call[0]) return {};
  if (call[0]->is_number()) return call[0];
  if (call[0]->is_boolean()) return Value(call[0]->as_boolean() ? 1 : 0);
  if (call[0]->is_string()) {
    const std::string_view text = call[0]->as_string();
    call.charge_steps(1 + text.size() / 16);
    auto number = decimal(text);
    if (!number) number = prefixed(text);
    if (number) return number_item(*number);
  }
  call.raise("D3030", {.value = *call[0], .index = 1});
}

Item abs(const Call& call) {
  return call[0] ? number_item(std::fabs(call[0]->as_double())) : Item();
}

Item floor(const Call& call) {
  return call[0] ? number_item(std::floor(call[0]->as_double())) : Item();
}

Item ceil(const Call& call) {
  return call[0] ? number_item(std::ceil(call[0]->as_double())) : Item();
}

Item round(const Call& call) {
  if (!call[0]) return {};
  return number_item(rounded(call[0]->as_double(), call[1] ? call[1]->as_double() : 0));
}

Item square_root(const Call& call) {
  if (!call[0]) return {};
  const double number = call[0]->as_double();
  if (number < 0) call.raise("D3060", {.value = *call[0], .index = 1});
  return number_item(std::sqrt(number));
}

Item power_of(const Call& call) {
  if (!call[0]) return {};
  const double result = call[1] ? power(call[0]->as_double(), call[1]->as_double()) : std::nan("");
  if (!std::isfinite(result))
    call.raise("D3061", {.value = *call[0], .value2 = call[1] ? *call[1] : Value(), .index = 1});
  return number_item(result);
}

Item random(const Call& call) {
  return Value(call.evaluation().random().fraction());
}

Item format_base(const Call& call) {
  if (!call[0]) return {};
  const auto rounded = [](double number) { return std::nearbyint(number); };
  double value = rounded(call[0]->as_double());
  const double radix = call[1] ? rounded(call[1]->as_double()) : 10;
  if (!(radix >= 2 && radix <= 36)) call.raise("D3100", {.value = number_value(radix)});
  if (radix == 10) {
    std::string text;
    append_double_ecmascript(text, value == 0 ? 0 : value);
    return Value(text);
  }
  const bool negative = value < 0;
  value = std::fabs(value);
  std::string digits;
  // At most 1,024 turns: each divides by two or more.
  do {
    const double digit = std::fmod(value, radix);
    digits += "0123456789abcdefghijklmnopqrstuvwxyz"[static_cast<int>(digit)];
    value = std::floor((value - digit) / radix);
  } while (value > 0);
  if (negative) digits += '-';
  return Value(std::string(digits.rbegin(), digits.rend()));
}

Item format_number(const Call& call) {
  if (!call[0]) return {};
  return Value(format_number(call, call[0]->as_double(), call[1] ? call[1]->as_string() : std::string_view(), call[2]));
}

Item format_integer(const Call& call) {
  if (!call[0]) return {};
  const std::string_view picture = call[1] ? call[1]->as_string() : std::string_view();
  return Value(format_integer(call, std::floor(call[0]->as_double()), parse_integer_picture(call, picture)));
}

Item parse_integer_text(const Call& call) {
  if (!call[0]) return {};
  const std::string_view picture = call[1] ? call[1]->as_string() : std::string_view();
  return number_item(parse_formatted_integer(call, call[0]->as_string(), parse_integer_picture(call, picture)));
}

constexpr Function kNumberFunctions[] = {
    {.name = "abs", .signature = "<n-:n>", .example = "$abs(-5)", .gives = "5", .call = abs},
    {.name = "ceil", .signature = "<n-:n>", .example = "$ceil(1.2)", .gives = "2", .call = ceil},
    {.name = "floor", .signature = "<n-:n>", .example = "$floor(-1.2)", .gives = "-2", .call = floor},
    {.name = "formatBase",
     .signature = "<n-n?:s>",
     .example = "$formatBase(255, 16)",
     .gives = "\"ff\"",
     .call = format_base},
    {.name = "formatInteger",
     .signature = "<n-s:s>",
     .example = "$formatInteger(2789, 'w')",
     .gives = "\"two thousand, seven hundred and eighty-nine\"",
     .call = format_integer},
    {.name = "formatNumber",
     .signature = "<n-so?:s>",
     .example = "$formatNumber(12345.678, '#,##0.00')",
     .gives = "\"12,345.68\"",
     .call = format_number},
    {.name = "parseInteger",
     .signature = "<s-s:n>",
     .example = "$parseInteger('twelve thousand', 'w')",
     .gives = "12000",
     .call = parse_integer_text},
    {.name = "number", .signature = "<(nsb)-:n>", .example = "$number('0x10')", .gives = "16", .call = number},
    {.name = "power", .signature = "<n-n:n>", .example = "$power(2, 10)", .gives = "1024", .call = power_of},
    {.name = "random", .signature = "<:n>", .example = "$random() < 1", .gives = "true", .call = random},
    {.name = "round", .signature = "<n-n?:n>", .example = "$round(2.675, 2)", .gives = "2.68", .call = round},
    {.name = "sqrt", .signature = "<n-:n>", .example = "$sqrt(16)", .gives = "4", .call = square_root},
};

}  // namespace

std::span<const Function> number_functions() {
  return kNumberFunctions;
}

}  // namespace stepglass::jsonata
