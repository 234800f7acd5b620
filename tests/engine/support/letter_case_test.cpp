#include "engine/support/letter_case.h"

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

TEST_CASE("groups hold what differs by case only, all of it", "[support]") {
  const CaseGroups& groups = CaseGroups::all();
  REQUIRE(groups.members().size() > 2'000);
  std::size_t with_case = 0, in_groups = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) with_case += without_case(c) != c;
  bool rising = true, alike = true;
  char32_t last = 0;
  for (const CaseGroups::Member& member : groups.members()) {
    rising = rising && member.code_point > last;
    last = member.code_point;
    in_groups += without_case(member.code_point) != member.code_point;
    const auto group = groups.group(member.group);
    alike = alike && group.size() > 1;
    for (const char32_t other : group) alike = alike && without_case(other) == without_case(member.code_point);
  }
  CHECK(rising);
  CHECK(alike);
  CHECK(in_groups == with_case);
}
