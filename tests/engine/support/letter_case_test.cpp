#include "engine/support/letter_case.h"

#include <vector>

#include "tests/support/catch.h"

using namespace stepglass;

namespace {

std::string lower(std::string_view text) {
  std::string out;
  append_lower_case(out, text);
  return out;
}

std::string upper(std::string_view text) {
  std::string out;
  append_upper_case(out, text);
  return out;
}

}  // namespace

TEST_CASE("texts change case as JavaScript changes it", "[support]") {
  struct Case {
    const char* text;
    const char* lower;
    const char* upper;
  };
  // Expected texts are those of toLowerCase() and toUpperCase().
  const auto c = GENERATE(values<Case>({
      {"", "", ""},
      {"Hello, World 7", "hello, world 7", "HELLO, WORLD 7"},
      {"Straße", "straße", "STRASSE"},
      {"ẞ", "ß", "ẞ"},
      {"İıIi", "i̇ıii", "İIII"},
      {"ΣΑΣ Σ", "σας σ", "ΣΑΣ Σ"},
      {"ΑΣ.Β ΑΣ. Β", "ασ.β ας. β", "ΑΣ.Β ΑΣ. Β"},
      {"ǄǅǆÿŸ", "ǆǆǆÿÿ", "ǄǄǄŸŸ"},
      {"\u0149\u0390\uFB03", "\u0149\u0390\uFB03", "\u02BCN\u0399\u0308\u0301FFI"},
      {"ᾳᾼ", "ᾳᾳ", "ΑΙΑΙ"},
      {"ſKÅµ", "ſkåµ", "SKÅΜ"},
      {"ქართ", "ქართ", "ᲥᲐᲠᲗ"},
      {"𐐀𐐨", "𐐨𐐨", "𐐀𐐀"},
      {"日本語", "日本語", "日本語"},
  }));
  DYNAMIC_SECTION(c.text) {
    CHECK(lower(c.text) == c.lower);
    CHECK(upper(c.text) == c.upper);
  }
}

TEST_CASE("a sigma looks past any number of marks, and a text of sigmas takes no longer", "[support]") {
  std::string marks, text = "Α";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301";
  text += marks + "Σ" + marks;
  CHECK(lower(text) == "α" + marks + "ς" + marks);
  CHECK(lower(text + "Α") == "α" + marks + "σ" + marks + "α");
}

TEST_CASE("without case, letters are what ECMAScript's Canonicalize makes of them", "[support]") {
  CHECK(without_case('k') == 'K');
  CHECK(without_case(U'ß') == U'ß');  // more than one letter in upper case
  CHECK(without_case(U'ſ') == U'ſ');  // S in upper case, which is ASCII
  CHECK(without_case(U'ı') == U'ı');
  CHECK(without_case(0x212A) == 0x212A);  // the Kelvin sign is upper case already
  CHECK(without_case(U'µ') == U'Μ');
  CHECK(without_case(U'ς') == U'Σ');
  CHECK(without_case(U'ǅ') == U'Ǆ');
}

TEST_CASE("every letter that has another case is visited once and in order", "[support]") {
  std::vector<char32_t> visited;
  for_each_with_case([&](char32_t c) { visited.push_back(c); });
  REQUIRE(visited.size() > 1'000);
  char32_t last = 0;
  bool rising = true, other = true;
  for (const char32_t c : visited) {
    rising = rising && c > last;
    other = other && without_case(c) != c;
    last = c;
  }
  CHECK(rising);
  CHECK(other);
  std::size_t expected = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) expected += without_case(c) != c;
  CHECK(visited.size() == expected);
}
