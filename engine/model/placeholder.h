#pragma once
// Placeholders of deployment tools inside a definition: ${Name} of SAM, CloudFormation and Terraform, #{AWS::Region} of
// the serverless framework, {{ name }} of template engines. What they become is not known here, and unknown is not
// wrong.

#include <cstddef>
#include <string_view>

namespace stepglass {

/// Bytes between the braces. A limit, so that looking for the end of many unclosed ones takes linear time.
inline constexpr std::size_t kMaxPlaceholderBytes = 256;

/// The offset behind the placeholder that starts at `offset`; 0 when none does. `${}` is none: States.Format writes a
/// price so.
inline std::size_t placeholder_end(std::string_view text, std::size_t offset) {
  if (offset + 3 >= text.size() || text[offset + 1] != '{') return 0;
  const char first = text[offset];
  if (first != '$' && first != '#' && first != '{') return 0;
  const std::string_view closing = first == '{' ? "}}" : "}";
  const std::size_t length = text.substr(offset + 2, kMaxPlaceholderBytes + closing.size()).find(closing);
  if (length == std::string_view::npos || length == 0) return 0;
  return offset + 2 + length + closing.size();
}

/// True when `text` holds a placeholder anywhere.
inline bool contains_placeholder(std::string_view text) {
  for (std::size_t open = text.find('{', 1); open != std::string_view::npos; open = text.find('{', open + 1)) {
    if (placeholder_end(text, open - 1) != 0) return true;
  }
  return false;
}

}  // namespace stepglass
