// Any bytes as JSON and as YAML: every place of what is found lies inside the text, and so does the tree.
// What is formatted says the same in the same words, and is formatted.

#include "engine/document/document.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/document/format_json.h"

namespace {

void check(const stepglass::Document& document, std::size_t size) {
  for (const stepglass::Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
    // Back to the same place, or to the start of the character that it is in; a byte order mark is no place.
    const std::size_t again = document.offset(document.position(diagnostic.span.begin));
    if (again > diagnostic.span.begin && diagnostic.span.begin >= 3) std::abort();
    if (diagnostic.message.empty()) std::abort();
  }
  if (const auto root = document.root()) root->value();
}

/// The text without the white space outside of its strings.
std::string tokens(std::string_view text) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') in_string = !in_string;
    if (in_string && text[i] == '\\') out += text[i++];
    if (in_string || std::string_view(" \t\r\n").find(text[i]) == std::string_view::npos) out += text[i];
  }
  return out;
}

void check_format(const std::string& text, const stepglass::JsonLayout& layout) {
  const auto changes = stepglass::format_json(stepglass::read_json(text), layout);
  if (!changes) return;
  const std::string formatted = stepglass::with_spaces(text, *changes);
  if (tokens(formatted) != tokens(text)) std::abort();
  const auto again = stepglass::format_json(stepglass::read_json(formatted), layout);
  if (!again || !again->empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(stepglass::read_json(text), size);
  check(stepglass::read_definition_json(text), size);
  check(stepglass::read_yaml(text), size);
  check_format(text, {.indent = static_cast<std::uint32_t>(1 + size % stepglass::kMaxIndent),
                      .width = static_cast<std::uint32_t>(size % 50)});
  return 0;
}
