#pragma once
// Pictures of dates and times: [Y0001]-[M01]-[D01]. Source: XPath and XQuery Functions and Operators 3.1, 9.8
// "Formatting dates and times", as the reference implementation reads it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/jsonata/function.h"

namespace stepglass::jsonata {

/// Milliseconds since 1970 that dates go up to, as in ECMAScript.
inline constexpr double kMaxMillis = 8.64e15;

/// `millis`, which is whole and at most kMaxMillis either way, in the form of `picture`, or of ISO 8601 without one.
/// `timezone` is an offset such as "+0530" or empty. Raises D3132 … D3135 for what is no picture.
std::string format_date(const Call& call, double millis, std::optional<std::string_view> picture,
                        std::string_view timezone);

/// The milliseconds since 1970 that `text`, in the form of `picture`, stands for: nothing when it does not have that
/// form. Raises D3132 … D3136.
std::optional<double> parse_date(const Call& call, std::string_view text, std::string_view picture);

/// As parse_date for ISO 8601; nothing when `text` is no such timestamp.
std::optional<double> parse_iso_date(std::string_view text);

}  // namespace stepglass::jsonata
