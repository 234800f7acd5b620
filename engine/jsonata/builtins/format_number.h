#pragma once
// Pictures of numbers: #,##0.00, 0.0e0, 0%. Source: XPath and XQuery Functions and Operators 3.1, 4.7 "Formatting
// numbers", as the reference implementation reads it.

#include <string>
#include <string_view>

#include "engine/jsonata/function.h"

namespace stepglass::jsonata {

/// `value` in the form of `picture`. `options` is an object with the symbols that are not the usual ones, or nothing.
/// Raises D3080 … D3093 for what is no picture.
std::string format_number(const Call& call, double value, std::string_view picture, const Item& options);

}  // namespace stepglass::jsonata
