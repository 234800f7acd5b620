#pragma once
// Text for people in columns of a terminal: widths, cutting, short forms of values and times.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/value.h"

namespace stepglass::analysis {

/// How text for people is dressed.
struct Style {
  bool colour = false;
  /// Only ASCII: "->" for arrows, "..." for what is cut.
  bool ascii = false;
  /// Columns of a line.
  std::size_t width = 80;

  std::string_view arrow() const { return ascii ? "->" : "→"; }
  std::string_view ellipsis() const { return ascii ? "..." : "…"; }
};

enum class Tone : std::uint8_t { Plain, Strong, Faint, Good, Bad, Warning, Accent };
/// `text` in the tone's colour; as it is when the style has no colours.
std::string paint(const Style& style, Tone tone, std::string_view text);

/// Columns that `text`, which is safe to print, takes in a terminal: 2 for wide characters, 0 for combining ones.
std::size_t columns(std::string_view text);
/// `text` cut to at most `width` columns, with an ellipsis where something was cut.
std::string cut(const Style& style, std::string_view text, std::size_t width);
/// `text` followed by spaces up to `width` columns.
std::string padded(std::string text, std::size_t width);
/// `text` in lines of at most `width` columns, broken at spaces where there are any. Line breaks in it are kept.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The value as JSON, cut to `width` columns and safe to print. Takes time for what is shown only.
std::string short_json(const Style& style, const Value& value, std::size_t width);

/// The value as JSON, whole: characters that a terminal could act on are written as escapes.
std::string terminal_json(const Value& value);
/// The same for JSON text.
std::string terminal_json(std::string_view json);

/// 0s, 1.5s, 2m 5s, 1d 3h: as many units as there are, none that is zero.
std::string format_duration(std::int64_t milliseconds);

}  // namespace stepglass::analysis
