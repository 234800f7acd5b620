#pragma once
// What is wrong with the user's document, and where. One reading collects as many as can be justified.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/support/span.h"

namespace stepglass {

enum class Severity : std::uint8_t { Error, Warning, Info };

struct Diagnostic {
  /// The name of what was found, in kebab-case, e.g. "json-syntax". Stable.
  std::string name;
  Severity severity = Severity::Error;
  /// One line: what is wrong, the user's words in quotes.
  std::string message;
  /// What to do about it; may be empty.
  std::string help;
  /// The bytes of the document that it is about.
  Span span;
  /// JSON pointer of the place inside the definition; may be empty.
  std::string pointer;
  /// The word that most likely is meant in place of what `span` covers; empty when there is none.
  std::string suggestion = {};
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace stepglass
