#include "engine/support/base64.h"

#include "tests/support/catch.h"

using namespace stepglass;

TEST_CASE("Base64 goes both ways", "[support]") {
  struct Case {
    std::string data;
    const char* text;
  };
  const auto c =
      GENERATE(Case{"", ""}, Case{"f", "Zg=="}, Case{"fo", "Zm8="}, Case{"foo", "Zm9v"}, Case{"foob", "Zm9vYg=="},
               Case{"fooba", "Zm9vYmE="}, Case{"foobar", "Zm9vYmFy"}, Case{std::string("abc\0def", 7), "YWJjAGRlZg=="},
               Case{"\xff\xfe\xfd", "//79"}, Case{"\xf0\x9f\x9a\x80", "8J+agA=="});
  DYNAMIC_SECTION(c.text) {
    CHECK(base64_encode(c.data) == c.text);
    CHECK(base64_decode_leniently(c.text) == c.data);
  }
}

TEST_CASE("every byte survives Base64", "[support]") {
  std::string data;
  for (int i = 0; i < 256; ++i) data += static_cast<char>(i);
  for (std::size_t cut = 0; cut < 4; ++cut) {
    const std::string part = data.substr(cut);
    CHECK(base64_decode_leniently(base64_encode(part)) == part);
  }
  CHECK(base64_encode(std::string(300, 'a')).find('\n') == std::string::npos);
}

TEST_CASE("Base64 is read leniently", "[support]") {
  struct Case {
    const char* text;
    const char* data;
  };
  const auto c = GENERATE(Case{"abc", "i\xb7"}, Case{"ab==cd", "i"}, Case{" YWJjZA== ", "abcd"},
                          Case{"YWJj\nZA", "abcd"}, Case{"__-_", "\xff\xff\xbf"}, Case{"!!!", ""}, Case{"a", ""},
                          Case{"=", ""}, Case{"YWJjZ", "abc"}, Case{"\xc3\xa9YWJj", "abc"});
  DYNAMIC_SECTION(c.text) {
    CHECK(base64_decode_leniently(c.text) == c.data);
  }
}
