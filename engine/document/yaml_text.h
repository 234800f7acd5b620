#pragma once
// What is done to YAML text around libyaml, and how words without quotes are taken. Private to engine/document.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/diagnostic.h"

namespace stepglass::detail {

/// Counts of characters to byte offsets. O(bytes) once, then O(1).
class CharacterOffsets {
 public:
  /// `text` is UTF-8 and outlives this.
  explicit CharacterOffsets(std::string_view text);
  /// The offset of character `index`; the end of the text for any behind it.
  std::uint32_t at(std::size_t index) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> blocks_;  // every kBlock-th character; empty for ASCII
};

/// Says which bytes and characters YAML does not allow, and fills `copy` with the text in which each of their bytes is
/// a question mark; `copy` stays empty when there are none.
Diagnostics clean_yaml(std::string_view text, std::string& copy);

/// False, with the reason, for text that libyaml should not get: UTF-16, or so many %TAG lines that its time would grow
/// with their square.
bool is_readable_yaml(std::string_view text, Diagnostics& diagnostics);

/// Puts "_" in place of what means something to YAML inside ${…}, #{…} and {{ … }}, and makes comments of lines that
/// start with {% … %}. The size stays. False when there was nothing to do.
bool mask_placeholders(std::string& text);

/// The number that a word without quotes is in YAML 1.2's core schema, in JSON's grammar; nothing for other words and
/// numbers without end.
std::optional<std::string> yaml_number(std::string_view word);

/// What YAML 1.1 takes a word for that is something else in YAML 1.2, e.g. "true", "a number to the base of 8"; else
/// empty.
std::string_view yaml_1_1_meaning(std::string_view word);

}  // namespace stepglass::detail
