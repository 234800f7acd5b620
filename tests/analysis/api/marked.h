#pragma once
// A text with a "|" where the reader is.

#include <algorithm>
#include <cstdint>
#include <string>

#include "engine/document/document.h"
#include "engine/support/text.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {

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

}  // namespace stepglass::analysis
