#include "engine/document/jackson.h"

#include <fmt/format.h>

#include "engine/document/document.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

using namespace std::string_literals;

constexpr const char* kValues = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

}  // namespace

TEST_CASE("the service's sentence for what is no definition, with its place", "[document]") {
  const auto error = jackson_error("not a definition");
  REQUIRE(error);
  CHECK(error->text() ==
        "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or "
        "'false')\n at [Source: (String)\"not a definition\"; line: 1, column: 4]");
  CHECK(error->line == 1);
  CHECK(error->column == 4);
}

TEST_CASE("the service's sentence for an input in single quotes", "[document]") {
  CHECK(jackson_message("{'not': 'json'") ==
        "Unexpected character (''' (code 39)): was expecting double-quote to start field name");
}

TEST_CASE("Jackson's sentences and places", "[document]") {
  struct Case {
    std::string text;
    std::string message;
    std::uint32_t line;
    std::uint32_t column;
  };
  const auto unexpected = [](const std::string& what, const std::string& comment) {
    return "Unexpected character (" + what + "): " + comment;
  };
  const auto token = [](const std::string& word) {
    return "Unrecognized token '" + word + "': was expecting " + kValues;
  };
  const std::string valid_value = std::string("expected a valid value ") + kValues;
  const std::vector<Case> cases = {
      // Objects.
      {"{",
       "Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)\"{\"; line: 1, "
       "column: 1])",
       1, 2},
      {"{\n [1", "Unexpected character ('[' (code 91)): was expecting double-quote to start field name", 2, 3},
      {"{,}", unexpected("',' (code 44)", "was expecting double-quote to start field name"), 1, 3},
      {"{a: 1}", unexpected("'a' (code 97)", "was expecting double-quote to start field name"), 1, 3},
      {R"({"a": 1,})", unexpected("'}' (code 125)", "was expecting double-quote to start field name"), 1, 10},
      {R"({"a" 1})", unexpected("'1' (code 49)", "was expecting a colon to separate field name and value"), 1, 7},
      {R"({"a": 1 "b": 2})", unexpected("'\"' (code 34)", "was expecting comma to separate Object entries"), 1, 10},
      {R"({"a": })", unexpected("'}' (code 125)", valid_value), 1, 8},
      {R"({"a": , "b": 1})", unexpected("',' (code 44)", valid_value), 1, 8},
      {R"({"a": 1])",
       "Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)\"{\"a\": 1]\"; line: 1, "
       "column: 1])",
       1, 9},
      {R"({"a")", "Unexpected end-of-input within/between Object entries", 1, 5},
      {R"({"a":)", "Unexpected end-of-input within/between Object entries", 1, 6},
      {R"({"a": 1,)", "Unexpected end-of-input within/between Object entries", 1, 9},
      {R"({"a)", "Unexpected end-of-input in field name", 1, 4},
      {"{\"a\nb\": 1}",
       "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in name", 1,
       5},
      // Arrays.
      {"[",
       "Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"[\"; line: 1, "
       "column: 1])",
       1, 2},
      {"[1,", "Unexpected end-of-input within/between Array entries", 1, 4},
      {"[1,]", unexpected("']' (code 93)", valid_value), 1, 5},
      {"[1,}", unexpected("'}' (code 125)", "expected a value"), 1, 5},
      {"[1}",
       "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"[1}\"; line: 1, column: "
       "1])",
       1, 4},
      {"[1 2]", unexpected("'2' (code 50)", "was expecting comma to separate Array entries"), 1, 5},
      {"[,1]", unexpected("',' (code 44)", valid_value), 1, 3},
      {"\n\n [\r\n 1\r[", unexpected("'[' (code 91)", "was expecting comma to separate Array entries"), 5, 2},
      {"[{\"a\": [",
       "Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"[{\"a\": [\"; "
       "line: 1, column: 8])",
       1, 9},
      // Strings.
      {R"("abc)", "Unexpected end-of-input: was expecting closing quote for a string value", 1, 5},
      {"[\"a\tb\"]",
       "Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string "
       "value",
       1, 5},
      {R"(["\x"])", "Unrecognized character escape 'x' (code 120)", 1, 5},
      {R"(["\u12g4"])", unexpected("'g' (code 103)", "expected a hex-digit for character escape sequence"), 1, 8},
      {R"(["\u12)", "Unexpected end-of-input in character escape sequence", 1, 7},
      {R"(["\)", "Unexpected end-of-input in character escape sequence", 1, 4},
      // Words and numbers.
      {"tru", token("tru"), 1, 4},
      {"truex", token("truex"), 1, 6},
      {"[nul]", token("nul"), 1, 5},
      {"[True]", token("True"), 1, 6},
      {"[None]", token("None"), 1, 6},
      {"[undefined]", token("undefined"), 1, 11},
      {"[true1]", token("true1"), 1, 7},
      {"[ünder]", token("ünder"), 1, 7},
      {"[true\"a\"]", unexpected("'\"' (code 34)", "was expecting comma to separate Array entries"), 1, 7},
      {"[NaN]", "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 1, 5},
      {"[-Infinity]", "Non-standard token '-Infinity': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 1,
       11},
      {"[-]",
       "Unexpected character (']' (code 93)) in numeric value: expected digit (0-9) to follow minus sign, for valid "
       "numeric value",
       1, 4},
      {"[+1]",
       "Unexpected character ('1' (code 49)) in numeric value: expected digit (0-9) to follow minus sign, for valid "
       "numeric value",
       1, 4},
      {"[01]", "Invalid numeric value: Leading zeroes not allowed", 1, 3},
      {"[1.]", "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit", 1, 5},
      {"[1e]", "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit", 1,
       5},
      {"[.5]", unexpected("'.' (code 46)", valid_value), 1, 3},
      {"[1a]", unexpected("'a' (code 97)", "was expecting comma to separate Array entries"), 1, 4},
      {"1a", unexpected("'a' (code 97)", "Expected space separating root-level values"), 1, 3},
      // Around the value.
      {"", "No content to map due to end-of-input", 1, 1},
      {" \n ", "No content to map due to end-of-input", 2, 2},
      {"}",
       "Unexpected close marker '}': expected ']' (for root starting at [Source: (String)\"}\"; line: 1, column: 0])",
       1, 2},
      {"{} x", token("x"), 1, 5},
      {"{} {}",
       "Trailing token (of type START_OBJECT) found after value (bound as `com.fasterxml.jackson.databind.JsonNode`): "
       "not allowed as per "
       "`DeserializationFeature.FAIL_ON_TRAILING_TOKENS`",
       1, 5},
      {"// c\n{}",
       unexpected("'/' (code 47)",
                  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled "
                  "for parser)"),
       1, 2},
      {"# c", unexpected("'#' (code 35)", valid_value), 1, 2},
      {"\x01{}",
       "Illegal character ((CTRL-CHAR, code 1)): only regular white space (\\r, \\n, \\t) is allowed between tokens", 1,
       2},
      {"{}\0"s,
       "Illegal character ((CTRL-CHAR, code 0)): only regular white space (\\r, \\n, \\t) is allowed between tokens", 1,
       4},
      {"\u201Ca\u201D", unexpected("'\u201C' (code 8220 / 0x201c)", valid_value), 1, 2},
      {"\uFEFF{}", unexpected("'\uFEFF' (code 65279 / 0xfeff)", valid_value), 1, 2},
      {"[\"😀\" x]", unexpected("'x' (code 120)", "was expecting comma to separate Array entries"), 1, 8},
      {"\xFF", unexpected("'\uFFFD' (code 65533 / 0xfffd)", valid_value), 1, 2},
      {"\x7F", unexpected("(CTRL-CHAR, code 127)", valid_value), 1, 2},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const auto error = jackson_error(c.text);
      REQUIRE(error);
      CHECK(error->message == c.message);
      CHECK(error->line == c.line);
      CHECK(error->column == c.column);
      CHECK_THAT(error->location, Catch::EndsWith(fmt::format("; line: {}, column: {}]", c.line, c.column)));
      CHECK(jackson_message(c.text) == c.message);
    }
  }
}

TEST_CASE("Jackson has nothing to say about JSON", "[document]") {
  const auto text = GENERATE("{}", " [1, -0.5e+3, \"\\u00e9\\ud800\", true, false, null, {\"a\": {}}]\r\n", "\"a\"",
                             "12 ", "-1", "null\n", "[1e999]", "{\"a\": 1, \"a\": 2}");
  DYNAMIC_SECTION(text) {
    CHECK_FALSE(jackson_error(text));
    CHECK(jackson_message(text).empty());
  }
}

TEST_CASE("Jackson's place repeats the first 500 characters of a short text and nothing of a long one", "[document]") {
  const auto location = [](const std::string& text) { return jackson_error(text)->location; };
  const std::string blanks(498, ' ');
  CHECK(location(blanks + "x") == "[Source: (String)\"" + blanks + "x\"; line: 1, column: 500]");
  CHECK(location(blanks + " x") == "[Source: (String)\"" + blanks + " x\"; line: 1, column: 501]");
  CHECK(location(blanks + "  x") == "[Source: (String)\"" + blanks + "  \"[truncated 1 chars]; line: 1, column: 502]");
  CHECK_THAT(location(std::string(32'767, ' ') + "x"),
             Catch::Contains("[truncated 32268 chars]; line: 1, column: 32769]"));
  CHECK(location(std::string(32'768, ' ') + "x") == "[Source: (StringReader); line: 1, column: 32770]");
  CHECK(location("\t\n\x01") == "[Source: (String)\"\\u0009\n\\u0001\"; line: 2, column: 2]");
}

TEST_CASE("Jackson cuts a long token", "[document]") {
  CHECK(jackson_message(std::string(255, 'x')) ==
        "Unrecognized token '" + std::string(255, 'x') + "': was expecting " + kValues);
  CHECK(jackson_message(std::string(257, 'x')) ==
        "Unrecognized token '" + std::string(256, 'x') + "...': was expecting " + kValues);
}

TEST_CASE("deep and long texts harm Jackson's reader as little", "[document]") {
  CHECK_THAT(jackson_message(std::string(1'000'000, '[')),
             Catch::StartsWith("Unexpected end-of-input: expected close marker for Array"));
  CHECK_FALSE(jackson_error(std::string(100'000, '[') + std::string(100'000, ']')));
}

TEST_CASE("where our reader finds no JSON, Jackson mostly finds none either", "[document]") {
  // The known differences: NUL and invalid UTF-8 inside strings, half surrogate pairs, numbers too large, byte order
  // marks.
  const auto text =
      GENERATE("{\"a\": 1 \"b\": 2}", "[1,]", "{a: 1}", "['a']", "[1] x", "[\"a", "[tru]", "", "[+1]", "[1}");
  CHECK(jackson_error(text).has_value());
  CHECK_FALSE(read_value(text));
}

}  // namespace stepglass
