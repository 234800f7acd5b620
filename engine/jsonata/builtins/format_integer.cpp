#include "engine/jsonata/builtins/format_integer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/jsonata/builtins/rounding.h"
#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/support/letter_case.h"
#include "engine/support/power.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

using Primary = IntegerFormat::Primary;
using Case = IntegerFormat::Case;

constexpr std::string_view kFew[] = {"Zero",     "One",     "Two",       "Three",    "Four",     "Five",    "Six",
                                     "Seven",    "Eight",   "Nine",      "Ten",      "Eleven",   "Twelve",  "Thirteen",
                                     "Fourteen", "Fifteen", "Sixteen",   "Seventeen", "Eighteen", "Nineteen"};
constexpr std::string_view kOrdinals[] = {
    "Zeroth",  "First",    "Second",  "Third",      "Fourth",     "Fifth",     "Sixth",     "Seventh",     "Eighth",
    "Ninth",   "Tenth",    "Eleventh", "Twelfth",   "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth",
    "Seventeenth", "Eighteenth", "Nineteenth"};
constexpr std::string_view kTens[] = {"Twenty", "Thirty",  "Forty",  "Fifty",  "Sixty",
                                      "Seventy", "Eighty", "Ninety", "Hundred"};
constexpr std::string_view kMagnitudes[] = {"Thousand", "Million", "Billion", "Trillion"};
constexpr double kMagnitudeValues[] = {1e3, 1e6, 1e9, 1e12};

constexpr char32_t kDigitZeros[] = {0x30,   0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                    0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0,
                                    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
                                    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

/// The zero of the script that `c` is a digit of; 0 when it is no digit.
char32_t zero_of(char32_t c) {
  for (const char32_t zero : kDigitZeros) {
    if (c >= zero && c <= zero + 9) return zero;
  }
  return 0;
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points += next_code_point(text, at);
  return points;
}

std::string utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) append_utf8(text, c);
  return text;
}

/// Appends `number` in words. As deep as it has groups of twelve digits.
void append_words(const Call& call, std::string& out, double number, bool follows, bool ordinal) {
  if (!std::isfinite(number)) return;
  call.charge_steps(1);
  constexpr std::uint64_t kLongestWord = 24;
  call.charge_bytes(kLongestWord);
  const auto end_ordinal = [&] {
    if (ordinal) out += "th";
  };
  if (number <= 19) {
    if (follows) out += " and ";
    const auto index = static_cast<std::size_t>(number);
    out += ordinal ? kOrdinals[index] : kFew[index];
  } else if (number < 100) {
    if (follows) out += " and ";
    out += kTens[static_cast<std::size_t>(number / 10) - 2];
    const double rest = std::fmod(number, 10);
    if (rest > 0) {
      out += '-';
      append_words(call, out, rest, false, ordinal);
    } else if (ordinal) {
      out.pop_back();
      out += "ieth";
    }
  } else if (number < 1000) {
    if (follows) out += ", ";
    out += kFew[static_cast<std::size_t>(number / 100)];
    out += " Hundred";
    const double rest = std::fmod(number, 100);
    if (rest > 0) {
      append_words(call, out, rest, true, ordinal);
    } else {
      end_ordinal();
    }
  } else {
    std::size_t magnitude = 3;
    while (number < kMagnitudeValues[magnitude]) --magnitude;
    const double factor = kMagnitudeValues[magnitude];
    const double count = std::floor(number / factor);
    const double rest = number - count * factor;
    if (follows) out += ", ";
    append_words(call, out, count, false, false);
    out += ' ';
    out += kMagnitudes[magnitude];
    if (rest > 0) {
      append_words(call, out, rest, true, ordinal);
    } else {
      end_ordinal();
    }
  }
}

std::string roman(const Call& call, double value, bool upper) {
  struct Numeral {
    double value;
    std::string_view text;
  };
  static constexpr Numeral kNumerals[] = {{900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                                          {40, "xl"},  {10, "x"},  {9, "ix"},   {5, "v"},   {4, "iv"},  {1, "i"}};
  if (!std::isfinite(value)) return {};
  const double thousands = std::floor(value / 1000);
  charge_string(call, thousands < 1e18 ? static_cast<std::uint64_t>(thousands) + 16 : UINT64_MAX / 2);
  std::string text(static_cast<std::size_t>(thousands), 'm');
  value = std::fmod(value, 1000);
  for (const Numeral& numeral : kNumerals) {
    for (; value >= numeral.value; value -= numeral.value) text += numeral.text;
  }
  if (upper) {
    for (char& c : text) c = static_cast<char>(c - 0x20);
  }
  return text;
}

std::string letters(double value, char first) {
  std::string text;
  if (!std::isfinite(value)) return text;
  // At most 218 turns.
  for (; value > 0; value = std::floor((value - 1) / 26)) text += static_cast<char>(first + std::fmod(value - 1, 26));
  std::reverse(text.begin(), text.end());
  return text;
}

/// Puts `c` in front of the last `position` characters; where there are fewer, between the first characters of what the
/// reference would cut: it counts a negative place from the end.
void insert_separator(const Call& call, std::u32string& digits, std::size_t position, char32_t c) {
  call.charge_steps(1 + digits.size() / 8);
  if (position <= digits.size()) {
    digits.insert(digits.end() - static_cast<std::ptrdiff_t>(position), c);
    return;
  }
  const std::size_t kept = std::min(position - digits.size(), digits.size());
  digits.erase(0, digits.size() - kept);
  digits.insert(digits.begin(), c);
}

std::string decimal(const Call& call, double value, const IntegerFormat& format) {
  std::u32string digits = code_points(number_text(value));
  if (format.mandatory_digits > static_cast<double>(digits.size())) {
    charge_string(call, format.mandatory_digits < 1e18 ? static_cast<std::uint64_t>(format.mandatory_digits) * 8
                                                       : UINT64_MAX / 2);
    digits.insert(0, static_cast<std::size_t>(format.mandatory_digits) - digits.size(), U'0');
  }
  if (format.zero != U'0') {
    for (char32_t& c : digits) c = c + format.zero - U'0';
  }
  if (format.every != 0) {
    const char32_t separator = format.separators.front().character;
    const std::size_t count = digits.empty() ? 0 : (digits.size() - 1) / format.every;
    std::u32string grouped;
    grouped.reserve(digits.size() + count);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      if (i > 0 && (digits.size() - i) % format.every == 0) grouped += separator;
      grouped += digits[i];
    }
    digits = std::move(grouped);
  } else {
    // From the left, so that what has been put in does not count.
    for (auto at = format.separators.rbegin(); at != format.separators.rend(); ++at) {
      insert_separator(call, digits, at->position, at->character);
    }
  }
  std::string text = utf8(digits);
  charge_string(call, text.size());
  if (format.ordinal) {
    const char32_t last = digits.empty() ? U' ' : digits.back();
    const bool teen = digits.size() > 1 && digits[digits.size() - 2] == U'1';
    text += teen ? "th" : last == U'1' ? "st" : last == U'2' ? "nd" : last == U'3' ? "rd" : "th";
  }
  return text;
}

/// The distance of the separators when they stand at all its multiples; 0 when they do not.
std::size_t regular_distance(const std::vector<IntegerFormat::Separator>& separators) {
  if (separators.empty()) return 0;
  std::size_t distance = separators.front().position;
  std::vector<std::size_t> positions;
  for (const auto& separator : separators) {
    if (separator.character != separators.front().character) return 0;
    distance = std::gcd(distance, separator.position);
    positions.push_back(separator.position);
  }
  sort_stable(positions);
  for (std::size_t i = 1; i <= positions.size(); ++i) {
    if (!std::binary_search(positions.begin(), positions.end(), i * distance)) return 0;
  }
  return distance;
}

bool is_white(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

struct WordValue {
  std::string word;
  double value;
};

const std::vector<WordValue>& word_values() {
  static const std::vector<WordValue> all = [] {
    std::vector<WordValue> words;
    const auto add = [&](std::string_view word, double value) {
      std::string lower;
      append_lower_case(lower, word);
      words.push_back({lower, value});
      return lower;
    };
    double value = 0;
    for (const std::string_view word : kFew) add(word, value++);
    value = 0;
    for (const std::string_view word : kOrdinals) add(word, value++);
    value = 20;
    for (const std::string_view word : kTens) {
      const std::string lower = add(word, value);
      words.push_back({lower.substr(0, lower.size() - 1) + "ieth", value});
      value += 10;
    }
    words.push_back({"hundredth", 100});
    for (std::size_t i = 0; i < std::size(kMagnitudes); ++i) {
      const std::string lower = add(kMagnitudes[i], kMagnitudeValues[i]);
      words.push_back({lower + "th", kMagnitudeValues[i]});
    }
    return words;
  }();
  return all;
}

double word_value(std::u32string_view word) {
  const std::string text = utf8(word);
  for (const WordValue& known : word_values()) {
    if (known.word == text) return known.value;
  }
  return std::nan("");
}

/// Splits at ", ", " and ", white space, \ and -.
double words_to_number(const Call& call, std::string_view text) {
  std::string lower;
  append_lower_case(lower, text);
  const std::u32string points = code_points(lower);
  std::vector<double> segments{0};
  const auto add = [&](double value) {
    if (value < 100) {
      double top = segments.back();
      segments.pop_back();
      if (top >= 1000) {
        segments.push_back(top);
        top = 0;
      }
      segments.push_back(top + value);
    } else {
      segments.back() *= value;
    }
  };
  std::size_t start = 0;
  for (std::size_t at = 0; at < points.size();) {
    const std::u32string_view rest = std::u32string_view(points).substr(at);
    std::size_t width = 0;
    if (rest.size() > 1 && rest[0] == U',' && is_white(rest[1])) {
      width = 2;
    } else if (rest.size() > 4 && is_white(rest[0]) && rest.substr(1, 3) == U"and" && is_white(rest[4])) {
      width = 5;
    } else if (is_white(rest[0]) || rest[0] == U'\\' || rest[0] == U'-') {
      width = 1;
    }
    if (width == 0) {
      ++at;
      continue;
    }
    call.charge_steps(4);
    call.charge_bytes(8);
    add(word_value(std::u32string_view(points).substr(start, at - start)));
    at += width;
    start = at;
  }
  add(word_value(std::u32string_view(points).substr(start)));
  double sum = 0;
  for (const double segment : segments) sum += segment;
  return sum;
}

double roman_to_number(std::string_view text) {
  double number = 0, most = 1;
  for (auto at = text.rbegin(); at != text.rend(); ++at) {
    double value = std::nan("");
    switch (*at) {
      case 'M': value = 1000; break;
      case 'D': value = 500; break;
      case 'C': value = 100; break;
      case 'L': value = 50; break;
      case 'X': value = 10; break;
      case 'V': value = 5; break;
      case 'I': value = 1; break;
      default: return value;
    }
    if (value < most) {
      number -= value;
    } else {
      most = value;
      number += value;
    }
  }
  return number;
}

double letters_to_number(const std::u32string& points, char first) {
  double number = 0;
  // Above 26^217 nothing is finite.
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double letter = static_cast<double>(points[points.size() - i - 1]) - first + 1;
    number += letter * power(26, static_cast<double>(std::min<std::size_t>(i, 400)));
  }
  return number;
}

double decimal_to_number(std::u32string digits, const IntegerFormat& format) {
  if (format.ordinal) digits.resize(digits.size() < 2 ? 0 : digits.size() - 2);
  std::u32string separators;
  if (format.every != 0) {
    separators = U",";
  } else {
    for (const auto& separator : format.separators) separators += separator.character;
    std::sort(separators.begin(), separators.end());
  }
  std::string text;
  for (const char32_t c : digits) {
    if (std::binary_search(separators.begin(), separators.end(), c)) continue;
    const char32_t digit = c - format.zero + U'0';
    append_utf8(text, digit < 0x80 ? digit : U'?');
  }
  return leading_integer(text);
}

}  // namespace

const std::vector<std::string>& number_words() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> words;
    for (const WordValue& known : word_values()) words.push_back(known.word);
    words.insert(words.end(), {"and", "-", ",", " "});
    return words;
  }();
  return all;
}

IntegerFormat parse_integer_picture(const Call& call, std::string_view picture) {
  charge_string(call, picture.size() * 12);
  IntegerFormat format;
  std::string_view primary = picture;
  if (const std::size_t semicolon = picture.rfind(';'); semicolon != std::string_view::npos) {
    primary = picture.substr(0, semicolon);
    format.ordinal = picture.substr(semicolon + 1).starts_with('o');
  }
  const auto named = [&](Primary kind, Case letter_case) {
    format.primary = kind;
    format.letter_case = letter_case;
    format.mandatory_digits = format.optional_digits = std::nan("");
    return format;
  };
  if (primary == "A") return named(Primary::Letters, Case::Upper);
  if (primary == "a") return named(Primary::Letters, Case::Lower);
  if (primary == "I") return named(Primary::Roman, Case::Upper);
  if (primary == "i") return named(Primary::Roman, Case::Lower);
  if (primary == "W") return named(Primary::Words, Case::Upper);
  if (primary == "Ww") return named(Primary::Words, Case::Title);
  if (primary == "w") return named(Primary::Words, Case::Lower);

  const std::u32string points = code_points(primary);
  std::size_t digits = 0;
  char32_t zero = 0;
  for (auto at = points.rbegin(); at != points.rend(); ++at) {
    if (const char32_t own = zero_of(*at); own != 0) {
      if (zero != 0 && own != zero) call.raise("D3131");
      zero = own;
      ++digits;
      ++format.mandatory_digits;
    } else if (*at == U'#') {
      ++digits;
      ++format.optional_digits;
    } else {
      format.separators.push_back({digits, *at});
    }
  }
  if (zero == 0) {
    format.token = primary;
    format.separators.clear();
    return named(Primary::Sequence, Case::Lower);
  }
  format.zero = zero;
  format.every = regular_distance(format.separators);
  return format;
}

std::string format_integer(const Call& call, double value, const IntegerFormat& format) {
  const bool negative = value < 0;
  value = std::fabs(value);
  std::string text;
  switch (format.primary) {
    case Primary::Letters:
      text = letters(value, format.letter_case == Case::Upper ? 'A' : 'a');
      break;
    case Primary::Roman:
      text = roman(call, value, format.letter_case == Case::Upper);
      break;
    case Primary::Words: {
      append_words(call, text, value, false, format.ordinal);
      for (char& c : text) {
        if (format.letter_case == Case::Upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
        if (format.letter_case == Case::Lower && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
      }
      break;
    }
    case Primary::Decimal:
      text = decimal(call, value, format);
      break;
    case Primary::Sequence:
      call.raise("D3130", {.value = Value(format.token)});
  }
  return negative ? "-" + text : text;
}

double parse_formatted_integer(const Call& call, std::string_view text, const IntegerFormat& format) {
  charge_string(call, text.size() * 8);
  const bool upper = format.letter_case == Case::Upper;
  switch (format.primary) {
    case Primary::Letters:
      call.charge_steps(text.size() * 4);
      return letters_to_number(code_points(text), upper ? 'A' : 'a');
    case Primary::Roman: {
      if (upper) return roman_to_number(text);
      std::string capitals;
      append_upper_case(capitals, text);
      return roman_to_number(capitals);
    }
    case Primary::Words:
      return words_to_number(call, text);
    case Primary::Decimal:
      return decimal_to_number(code_points(text), format);
    case Primary::Sequence:
      break;
  }
  call.raise("D3130", {.value = Value(format.token)});
}

}  // namespace stepglass::jsonata
