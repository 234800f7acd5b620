#pragma once
// Texts with places where a reader is.

#include <algorithm>
#include <cstdint>
#include <string>

#include "analysis/rules/framework/registry.h"
#include "engine/document/document.h"
#include "engine/support/text.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {

/// A text with a "|" where the reader is.
struct Marked {
  /// Without the mark.
  std::string text;
  Position position;
};

inline Marked marked(std::string text) {
  const std::size_t at = text.find('|');
  REQUIRE(at != std::string::npos);
  text.erase(at, 1);
  const std::size_t line = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  Marked result;
  result.position.line = static_cast<std::uint32_t>(1 + std::count(text.begin(), text.begin() + at, '\n'));
  const std::size_t begin = line == std::string::npos ? 0 : line + 1;
  result.position.column = static_cast<std::uint32_t>(count_utf16_units(text.substr(begin, at - begin)) + 1);
  result.text = std::move(text);
  return result;
}

/// Calls `look` with the faulty example of each rule and some of its places.
template <typename Look>
void look_at_faulty_examples(Look look) {
  for (const Rule* rule : all_rules()) {
    if (rule->bad.empty() || rule->bad.size() > 2000) continue;
    const std::string text(rule->bad);
    INFO(rule->name);
    Position at{1, 1};
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i % 11 == 0) {
        look(text, at);
        // Cut off there, as while it is typed.
        look(text.substr(0, i), at);
      }
      at.column = text[i] == '\n' ? 1 : at.column + 1;
      if (text[i] == '\n') ++at.line;
    }
  }
}

}  // namespace stepglass::analysis
