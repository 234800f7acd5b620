#pragma once
// JSON for people: one member or item a line.

#include <cstddef>
#include <optional>
#include <string>

#include "engine/value/value.h"

namespace stepglass::analysis {

/// The value over several lines, two spaces a level, numbers as ECMAScript writes them, no line break at its end.
/// Nothing when it takes more than `most` bytes: a value that shares its parts can be far larger as text than in
/// memory.
std::optional<std::string> pretty_json(const Value& value, std::size_t most);

}  // namespace stepglass::analysis
