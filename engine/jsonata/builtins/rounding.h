#pragma once
// Rounding by decimal digits, and results that need not be finite. Private to the functions of numbers and dates.

#include <string>
#include <string_view>

#include "engine/jsonata/item.h"

namespace stepglass::jsonata {

/// `number` as a result: marked when it is not finite.
Item number_item(double number);

/// `number` to `places` decimals, half to even, by its shortest decimal digits: 2.675 gives 2.68. NaN when `places` is
/// no integer.
double rounded(double number, double places);

/// As parseInt of ECMAScript: the integer that `text` begins with, NaN when there is none.
double leading_integer(std::string_view text);

/// `number` as ECMAScript writes it, NaN and Infinity too.
std::string number_text(double number);

}  // namespace stepglass::jsonata
