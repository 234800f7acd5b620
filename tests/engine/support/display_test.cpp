#include <string>

#include "engine/support/text.h"
#include "tests/support/catch.h"

using namespace stepglass;

TEST_CASE("one is counted without an s", "[support]") {
  CHECK(counted(0, "state") == "0 states");
  CHECK(counted(1, "state") == "1 state");
  CHECK(counted(2, "state") == "2 states");
}

TEST_CASE("a word in a message is shown whole when it is short, else by its start", "[support]") {
  CHECK(display_word("word") == "word");
  CHECK(display_word("\x1b[0m") == "\\u{1B}[0m");
  const std::string hundred(100, 'x');
  CHECK(display_word(hundred) == hundred);
  CHECK(display_word(hundred + "x") == hundred + "…");
  // Not cut inside a character.
  CHECK(display_word(std::string(99, 'x') + "üüü") == std::string(99, 'x') + "…");
  CHECK(display_word(std::string(200, '\x80')).ends_with("…"));
}
