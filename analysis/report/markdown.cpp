#include "analysis/report/markdown.h"

#include "engine/support/text.h"

namespace stepglass::analysis {

std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const char c : display(text)) {
    if (std::string_view("|\\`*_[]<>#~&@!").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace stepglass::analysis
