#include "engine/document/text_fault.h"

#include <string>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass {

TEST_CASE("a diagnostic tells whether the text is JSON, and whether the tree is all of it", "[document]") {
  struct Row {
    std::string text;
    const char* name;
    bool leaves_out;
    bool is_syntax_error;
  };
  const Row rows[] = {
      {"{\"a\": 1, \"a\": 2}", "duplicate-key", false, false},
      {"1e999", "lossy-number", false, false},
      {"\xEF\xBB\xBF{}", "byte-order-mark", false, false},
      {std::string(kMaxDepth + 1, '[') + std::string(kMaxDepth + 1, ']'), "nesting-too-deep", true, false},
      {std::string(kMaxTextBytes + 1, ' '), "text-too-large", true, false},
      {"{\"a\": 1,}", "json-syntax", true, true},
      {"\"\xFF\"", "invalid-utf8", true, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Document document = read_json(row.text);
    REQUIRE(document.diagnostics().size() == 1);
    const Diagnostic& diagnostic = document.diagnostics().front();
    CHECK(diagnostic.name == row.name);
    CHECK(leaves_out(diagnostic) == row.leaves_out);
    CHECK(is_syntax_error(diagnostic) == row.is_syntax_error);
  }
}

}  // namespace stepglass
