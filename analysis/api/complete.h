#pragma once
// What can be written at a place of a definition, also of one that is half typed: fields, states, variables, functions.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/place.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

struct Completion {
  /// What a person reads, and what is written where `text` is empty.
  std::string label;
  std::string text;
  /// Of a field what it means, of a function an example.
  std::string detail;
  WordKind kind = WordKind::Value;
};

struct Completions {
  /// The bytes of the text that a chosen one replaces; empty where it is put in.
  Span replaced;
  std::vector<Completion> items;
  Position start, end;
};

/// Of `position` in `text`, a definition as JSON; or as YAML where `filename` says so. Empty where nothing is known.
Completions complete(std::string text, std::string_view filename, Position position);

}  // namespace stepglass::analysis
