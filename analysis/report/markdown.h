#pragma once
// Text of others inside Markdown.

#include <string>
#include <string_view>

namespace stepglass::analysis {

/// `text` as plain text inside a cell of a table: no markup of it counts, and no line ends.
std::string markdown_cell(std::string_view text);

}  // namespace stepglass::analysis
