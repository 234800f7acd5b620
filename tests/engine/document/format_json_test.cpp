// The layout of JSON text: nothing but white space changes, and what is formatted stays so.

#include "engine/document/format_json.h"

#include <string>
#include <string_view>

#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

std::string formatted(const std::string& text, const JsonLayout& layout = {}) {
  const Document document = read_json(text);
  const auto changes = format_json(document, layout);
  REQUIRE(changes);
  std::string result = with_spaces(text, *changes);
  INFO(result.substr(0, 1000));
  const Document again = read_json(result);
  const auto none = format_json(again, layout);
  REQUIRE(none);
  CHECK(none->empty());
  return result;
}

/// The text without the white space outside of its strings.
std::string tokens(std::string_view text) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') out += text[i++];
    if (in_string || std::string_view(" \t\r\n").find(c) == std::string_view::npos) out += text[i];
  }
  return out;
}

Diagnostic refused(const std::string& text, const JsonLayout& layout = {}) {
  const Document document = read_json(text);
  const auto changes = format_json(document, layout);
  REQUIRE_FALSE(changes);
  return changes.error();
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("what fits stands on one line, what was written in lines stays in lines", "[document]") {
  struct Row {
    std::string text, expected;
  };
  const Row rows[] = {
      {"{}", "{}\n"},
      {"[ \n ]", "[]\n"},
      {"{\n}", "{}\n"},
      {" 7 ", "7\n"},
      {"\"a  b\"\n\n\n", "\"a  b\"\n"},
      {R"({"a":1,"b" : [1 ,2,  3]})", "{\"a\": 1, \"b\": [1, 2, 3]}\n"},
      {"[\n1,\n2\n]", "[1, 2]\n"},
      {"{\n\"a\":1,\"b\":{\"c\":2}}", "{\n  \"a\": 1,\n  \"b\": {\"c\": 2}\n}\n"},
      // An object that is broken later than behind its "{" was not meant to be.
      {"{\"a\": 1,\n \"b\": 2}", "{\"a\": 1, \"b\": 2}\n"},
      // What holds something in lines is in lines itself.
      {"{\"a\": [{\n\"b\": 1}, 2]}", "{\n  \"a\": [\n    {\n      \"b\": 1\n    },\n    2\n  ]\n}\n"},
      {"[[{\"a\": {\n}}]]", "[[{\"a\": {}}]]\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(formatted(row.text) == row.expected);
  }
}

TEST_CASE("tokens stay byte for byte: escapes, digits, members that stand twice, a byte order mark", "[document]") {
  CHECK(formatted(R"({"a" :"\u00e9\/\ud83d\ude00","a":1.0E+02,"":-0 })") ==
        "{\"a\": \"\\u00e9\\/\\ud83d\\ude00\", \"a\": 1.0E+02, \"\": -0}\n");
  CHECK(formatted("\xEF\xBB\xBF {\"a\":1}") == "\xEF\xBB\xBF{\"a\": 1}\n");
  // Numbers that nothing here can hold are read from a copy.
  CHECK(formatted("[1e999 ,{ \"b\":-1e999},123456789012345678901234567890]") ==
        "[1e999, {\"b\": -1e999}, 123456789012345678901234567890]\n");
  CHECK(formatted("[" + repeated("1e999 , ", 40) + "{ \"a\":1}]", {.width = 1000}) ==
        "[" + repeated("1e999, ", 40) + "{\"a\": 1}]\n");
  // White space in strings is no white space, and a bracket there is none.
  CHECK(formatted(R"({"a":"} , [ :\"  \\"  })") == "{\"a\": \"} , [ :\\\"  \\\\\"}\n");
}

TEST_CASE("lines end with a line feed and hold no spaces at their end", "[document]") {
  CHECK(formatted("{\r\n\t\"a\": 1,\r\n\t\"b\": [\r\n1]\r\n}\r\n") == "{\n  \"a\": 1,\n  \"b\": [1]\n}\n");
  CHECK(formatted("{\r\"a\":1}") == "{\n  \"a\": 1\n}\n");
  CHECK(formatted("{  \n  \"a\": 1 ,  \n  \"b\": 2  \n}  ") == "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
}

TEST_CASE("a line has as many columns as are asked for, its comma included", "[document]") {
  // [1234, 56] takes 10 columns.
  for (const std::uint32_t width : {9u, 10u, 11u}) {
    CAPTURE(width);
    CHECK(formatted("[1234,56]", {.width = width}) == (width < 10 ? "[\n  1234,\n  56\n]\n" : "[1234, 56]\n"));
  }
  // With key and comma `  "a": [1],` takes 11.
  for (const std::uint32_t width : {10u, 11u, 12u}) {
    CAPTURE(width);
    CHECK(formatted("{\n\"a\":[1],\"b\":2}", {.width = width}) ==
          (width < 11 ? "{\n  \"a\": [\n    1\n  ],\n  \"b\": 2\n}\n" : "{\n  \"a\": [1],\n  \"b\": 2\n}\n"));
  }
  // The last member has no comma.
  CHECK(formatted("{\n\"a\":[1]}", {.width = 10}) == "{\n  \"a\": [1]\n}\n");
  // Columns are UTF-16 units: ["ä😀"] takes 7.
  CHECK(formatted("[\"ä😀\"]", {.width = 7}) == "[\"ä😀\"]\n");
  CHECK(formatted("[\"ä😀\"]", {.width = 6}) == "[\n  \"ä😀\"\n]\n");
  CHECK(formatted(R"({"a":[{}]})", {.width = 0}) == "{\n  \"a\": [\n    {}\n  ]\n}\n");
  for (const std::uint32_t indent : {kMinIndent, kMaxIndent}) {
    CHECK(formatted("{\n\"a\":1}", {.indent = indent}) == "{\n" + std::string(indent, ' ') + "\"a\": 1\n}\n");
  }
}

TEST_CASE("changes are the gaps that differ, and no others", "[document]") {
  const std::string text = "{\n  \"a\":  1,\n  \"b\": [1,2]\n}\n";
  const auto changes = format_json(read_json(text), {});
  REQUIRE(changes);
  REQUIRE(changes->size() == 2);
  CHECK((*changes)[0].span == Span{8, 10});
  CHECK((*changes)[0].replacement() == " ");
  CHECK((*changes)[1].span == Span{23, 23});
}

TEST_CASE("what is no JSON is refused with its place, and so is what is too deep or grows too large", "[document]") {
  CHECK(refused("").name == "json-syntax");
  CHECK(refused(" \n").name == "json-syntax");
  CHECK(refused("\xEF\xBB\xBF").name == "json-syntax");
  CHECK(refused("{\"a\": 1,}").span.begin == 7);
  CHECK(refused("{} // done").name == "json-syntax");
  CHECK(refused("{\"a\": ${b}}").name == "json-syntax");
  CHECK(refused("[\"\xFF\"]").name == "invalid-utf8");
  CHECK(refused(std::string("[\"\0\"]", 5)).name == "null-byte");
  CHECK(refused("{\"a\": [").name == "json-syntax");
  CHECK(refused("[" + repeated("1e999,", 100) + "1 2]").name == "json-syntax");

  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  for (const std::size_t depth : {kMaxDepth - 1, kMaxDepth}) {
    CHECK(formatted(nested(depth), {.width = kMaxFormatWidth}) == nested(depth) + "\n");
    CHECK(tokens(formatted(nested(depth), {.width = 0})) == nested(depth));
  }
  CHECK(refused(nested(kMaxDepth + 1)).name == "nesting-too-deep");
  CHECK(refused(nested(100'000)).name == "nesting-too-deep");

  // A few bytes deep inside become a line of two thousand each.
  const auto deep_list = [](std::size_t items) {
    return repeated("[", kMaxDepth) + repeated("1,", items - 1) + "1" + repeated("]", kMaxDepth);
  };
  const JsonLayout layout{.indent = kMaxIndent, .width = 0};
  // Each level but the innermost opens and closes with a line; so does each item.
  std::size_t around = 1;
  for (std::size_t depth = 0; depth < kMaxDepth; ++depth) around += 2 * depth * kMaxIndent + 4;
  around -= 2;  // the root has no line's end in front of it, and no comma
  const std::size_t item = kMaxDepth * kMaxIndent + 3;
  const std::size_t most = (kMaxTextBytes - around) / item;
  const auto fits = format_json(read_json(deep_list(most)), layout);
  REQUIRE(fits);
  CHECK(with_spaces(deep_list(most), *fits).size() <= kMaxTextBytes);
  CHECK(with_spaces(deep_list(most), *fits).size() + item > kMaxTextBytes);
  CHECK(refused(deep_list(most + 1), layout).name == "text-too-large");
}

TEST_CASE("a line of a mebibyte is formatted, also one of members alike", "[document]") {
  std::string text = "{\"StartAt\":\"S0\",\"States\":{";
  for (int i = 0; text.size() < 1u << 20; ++i) {
    const std::string name = "S" + std::to_string(i);
    text +=
        "\"" + name + "\":{\"Type\":\"Pass\",\"Parameters\":{\"a\":[1,2,{\"b\":\"  \"}]},\"Next\":\"" + name + "\"},";
  }
  text += "\"Last\":{\"Type\":\"Succeed\"}}}";
  for (const std::uint32_t width : {0u, 100u}) {
    const std::string result = formatted(text, {.width = width});
    CHECK(tokens(result) == text);
    CHECK(result.find(" \n") == std::string::npos);
  }
  const std::string same = "{" + repeated("\"a\":1,", 100'000) + "\"a\":1}";
  CHECK(tokens(formatted(same)) == same);
}

}  // namespace stepglass
