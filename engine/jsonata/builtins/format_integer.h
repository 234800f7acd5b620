#pragma once
// Pictures of integers: 0, #,##0, ١, I, a, Ww; with ;o for ordinals. Used alone and inside of pictures of dates.
// Source: XPath and XQuery Functions and Operators 3.1, 4.6 "Formatting integers".

#include <string>
#include <string_view>
#include <vector>

#include "engine/jsonata/function.h"

namespace stepglass::jsonata {

struct IntegerFormat {
  enum class Primary { Decimal, Letters, Roman, Words, Sequence };
  enum class Case { Lower, Upper, Title };
  struct Separator {
    std::size_t position = 0;  // digits to its right
    char32_t character = 0;
  };

  Primary primary = Primary::Decimal;
  Case letter_case = Case::Lower;
  bool ordinal = false;
  char32_t zero = U'0';
  /// NaN where the picture has no digits. Numbers, since widths of dates may set anything.
  double mandatory_digits = 0;
  double optional_digits = 0;
  /// Separators, from the right; all the same at every multiple of `every` when that is not 0.
  std::vector<Separator> separators;
  std::size_t every = 0;
  /// Digits that a date's component has when another one follows at once; 0 for any number.
  double parse_width = 0;
  /// The picture, for the message about what is not supported.
  std::string token;
};

/// Reads a picture. Raises D3131 for digits of several scripts.
IntegerFormat parse_integer_picture(const Call& call, std::string_view picture);

/// `value`, which is an integer, in this format. Raises D3130 for a sequence nobody knows.
std::string format_integer(const Call& call, double value, const IntegerFormat& format);

/// The integer that `text` stands for; NaN when it stands for none.
double parse_formatted_integer(const Call& call, std::string_view text, const IntegerFormat& format);

/// The words that a number in words consists of, in lower case, in the order in which they are tried.
const std::vector<std::string>& number_words();

}  // namespace stepglass::jsonata
