#pragma once
// JSON inside a path: the literals of filters, which Jayway reads leniently, and the arguments of functions, which it
// reads strictly. For whole documents see engine/document.

#include <optional>
#include <string_view>

#include "engine/value/value.h"

namespace stepglass::path {

/// Reads `text` as json-smart's permissive parser does: 'single' quotes, words without quotes, superfluous commas and
/// leading zeros are fine. Nothing when it cannot be read, or nests deeper than kMaxDepth.
std::optional<Value> read_loose_json(std::string_view text);

/// Reads the JSON value that `text` starts with; what follows it is not looked at, as Jackson does by default.
std::optional<Value> read_leading_json(std::string_view text);

}  // namespace stepglass::path
