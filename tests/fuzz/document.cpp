// Any bytes as JSON and as YAML: every place of what is found lies inside the text, and so does the tree.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/document/document.h"

namespace {

void check(const stepglass::Document& document, std::size_t size) {
  for (const stepglass::Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
    document.position(diagnostic.span.begin);
    if (diagnostic.message.empty()) std::abort();
  }
  if (const auto root = document.root()) root->value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(stepglass::read_json(text), size);
  check(stepglass::read_definition_json(text), size);
  check(stepglass::read_yaml(text), size);
  return 0;
}
