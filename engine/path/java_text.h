#pragma once
// What Java does with texts, where the grammar of paths rests on it. Private to engine/path.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepglass::path {

/// String.trim: all up to the space is taken off.
std::string_view trimmed(std::string_view text);

/// Integer.parseInt.
std::optional<std::int32_t> parse_int(std::string_view text);

/// The escapes of Java's strings; any other character behind a backslash stands for itself. False, with the four
/// characters in `bad`, when \u is not followed by a number.
bool unescape(std::string_view text, std::string& out, std::string& bad);

}  // namespace stepglass::path
