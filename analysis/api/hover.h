#pragma once
// What stands at a place of a definition, in words: fields, states, variables, functions, errors, resources.

#include <optional>
#include <string>
#include <string_view>

#include "analysis/api/place.h"

namespace stepglass::analysis {

struct Hover {
  /// The bytes of the text that it is about, without quotes. The position that was asked about is there, or at its end.
  Span at;
  Position start, end;
  WordKind kind = WordKind::Value;
  /// What it is about: what stands there, or the field that a value is of.
  std::string title;
  /// Lines, without formatting.
  std::string text;
};

/// Of `position` in `text`, a definition as JSON; or as YAML where `filename` says so. Nothing where nothing is known.
std::optional<Hover> hover(std::string text, std::string_view filename, Position position);

}  // namespace stepglass::analysis
