#include "engine/document/document.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

using namespace std::string_literals;

/// The names of all diagnostics, in order, with the text each one is about.
std::string findings(const Document& document) {
  std::string out;
  for (const Diagnostic& d : document.diagnostics()) {
    if (!out.empty()) out += ", ";
    out += d.severity == Severity::Error ? "" : d.severity == Severity::Warning ? "warning " : "info ";
    out += d.name + " " + std::string(document.text().substr(d.span.begin, d.span.end - d.span.begin));
  }
  return out;
}

std::string_view cut(const Document& document, Span span) {
  return document.text().substr(span.begin, span.end - span.begin);
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

std::size_t errors(const Document& document) {
  std::size_t count = 0;
  for (const Diagnostic& d : document.diagnostics()) count += d.severity == Severity::Error;
  return count;
}

}  // namespace

TEST_CASE("every key and every value knows its bytes", "[document]") {
  const Document document = read_json(
      "\xEF\xBB\xBF { \"a\" :\t-12.5e+3 ,\r\n\"b\\n\\\"\": [ true,false , null,{},[ ] ,\"\",\"\\\"\\\\\\\"\", "
      "\"é😀\\u00e9\" ] ,"
      " \"\" : 0}\n");
  REQUIRE(document.root());
  const Node root = *document.root();
  CHECK(cut(document, root.span()) == document.text().substr(4, document.text().size() - 5));
  const std::vector<Node> members = root.children();
  REQUIRE(members.size() == 3);
  CHECK(cut(document, members[0].key_span()) == "\"a\"");
  CHECK(members[0].key() == "a");
  CHECK(cut(document, members[0].span()) == "-12.5e+3");
  CHECK(cut(document, members[1].key_span()) == R"("b\n\"")");
  CHECK(members[1].key() == "b\n\"");
  CHECK(members[2].key().empty());
  CHECK(cut(document, members[2].key_span()) == "\"\"");
  CHECK(cut(document, members[2].span()) == "0");
  std::vector<std::string> items;
  for (const Node item : members[1].children()) items.emplace_back(cut(document, item.span()));
  CHECK(items ==
        std::vector<std::string>{"true", "false", "null", "{}", "[ ]", "\"\"", R"("\"\\\"")", R"("é😀\u00e9")"});
  CHECK(members[1].children()[6].text() == R"("\")");
  CHECK(members[1].children()[7].text() == "é😀é");
  CHECK(members[1].children()[7].key_span() == Span{});
  CHECK(findings(document) == "info byte-order-mark \xEF\xBB\xBF");
}

TEST_CASE("a number at the very end of the text has its bytes, too", "[document]") {
  const auto text = GENERATE("0", "-0", "12", " 12 ", "1.5", "1e5\n", "[7]", "\t-1");
  DYNAMIC_SECTION(text) {
    const Document document = read_json(text);
    REQUIRE(document.root());
    const Node node = document.root()->is_array() ? *document.root()->first_child() : *document.root();
    const std::string_view token = cut(document, node.span());
    CHECK(token.find_first_not_of("0123456789-.e") == std::string_view::npos);
    CHECK(token.size() ==
          std::string_view(text).find_last_of("0123456789") + 1 - std::string_view(text).find_first_of("-0123456789"));
  }
}

TEST_CASE("a Node leads to its neighbours", "[document]") {
  const Document document = read_json(R"({"a": [1, {"b/c~d": "x"}], "e": false})");
  const Node root = *document.root();
  CHECK_FALSE(root.parent());
  CHECK(root.pointer().empty());
  CHECK(root.size() == 2);
  const Node a = *root.find("a");
  CHECK(a.is_array());
  CHECK(a.index() == 0);
  CHECK(*a.parent() == root);
  CHECK(*a.next_sibling() == *root.find("e"));
  CHECK_FALSE(a.next_sibling()->next_sibling());
  const Node x = *a.children()[1].find("b/c~d");
  CHECK(x.pointer() == "/a/1/b~1c~0d");
  CHECK(x.text() == "x");
  CHECK_FALSE(x.first_child());
  CHECK_FALSE(root.find("b"));
  CHECK_FALSE(a.find("b"));
  CHECK_FALSE(root.find("e")->boolean());
}

TEST_CASE("Nodes stay valid when their Document is moved", "[document]") {
  Document document = read_json(R"({"k": "v"})");
  const Node node = *document.root()->find("k");
  const Document moved = std::move(document);
  CHECK(node.text() == "v");
  CHECK(node == *moved.root()->find("k"));
}

TEST_CASE("a Node's value is shared from the first call on", "[document]") {
  const Document document = read_json(R"({"a": {"b": [1, "two", 3.0, null, true]}})");
  const Value whole = document.root()->value();
  CHECK(to_json(whole) == R"({"a":{"b":[1,"two",3.0,null,true]}})");
  CHECK(document.root()->value().is_same(whole));
  CHECK(document.root()->find("a")->value().is_same(*whole.find("a")));
}

TEST_CASE("lines and columns are those of editors", "[document]") {
  struct Case {
    const char* name;
    std::string text;
    std::size_t offset;
    Position expected;
  };
  const auto c = GENERATE(values<Case>({
      {"the start", "{}", 0, {1, 1}},
      {"behind the end", "{}", 2, {1, 3}},
      {"far behind the end", "{}", 99, {1, 3}},
      {"LF", "[\n1]", 2, {2, 1}},
      {"before LF", "[\n1]", 1, {1, 2}},
      {"CRLF", "[\r\n1]", 3, {2, 1}},
      {"between CR and LF", "[\r\n1]", 2, {1, 3}},
      {"a lone CR", "[\r1]", 2, {2, 1}},
      {"CR CR LF", "[\r\r\n1]", 4, {3, 1}},
      {"LF CR", "[\n\r1]", 3, {3, 1}},
      {"a tab is one column", "[\t1]", 2, {1, 3}},
      {"two bytes are one unit", "[\"é\", 1]", 4, {1, 4}},
      {"four bytes are two units", "[\"😀\", 1]", 6, {1, 5}},
      {"inside a character", "[\"😀\", 1]", 4, {1, 3}},
      {"a byte order mark takes no column", "\xEF\xBB\xBF[1]", 4, {1, 2}},
      {"inside the byte order mark", "\xEF\xBB\xBF[1]", 1, {1, 1}},
      {"a final line break", "[]\n", 3, {2, 1}},
      {"a line separator is no line break", "[\"\u2028\", 1]", 5, {1, 4}},
      {"broken bytes count as one U+FFFD", "[\"\xE2\x82\", 1]", 4, {1, 4}},
  }));
  DYNAMIC_SECTION(c.name) {
    const Position position = read_json(c.text).position(c.offset);
    CHECK(position.line == c.expected.line);
    CHECK(position.column == c.expected.column);
  }
}

TEST_CASE("columns are right in lines of any length", "[document]") {
  std::string text = "[\"";
  for (int i = 0; i < 2000; ++i) text += i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "😀";
  text += "\"]\n[\"éé\"]";
  const Document document = read_json(text);
  std::uint32_t line = 1, column = 1;
  for (std::size_t i = 0; i < text.size();) {
    REQUIRE(document.position(i) == Position{line, column});
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    column += length == 4 ? 2 : 1;
    if (text[i] == '\n') {
      ++line;
      column = 1;
    }
    i += length;
  }
}

TEST_CASE("what JSON allows and people trip over is found with its place", "[document]") {
  struct Case {
    std::string text;
    const char* expected;
  };
  const auto c = GENERATE(values<Case>({
      // Keys.
      {R"({"a": 1, "b": 2})", ""},
      {R"({"a": 1, "a": 2})", "duplicate-key \"a\""},
      {R"({"a": 1, "a": 2, "b": 3, "a": 4})", "duplicate-key \"a\", duplicate-key \"a\""},
      {R"({"a": 1, "\u0061": 2})", "duplicate-key \"\\u0061\""},
      {R"({"é": 1, "\u00e9": 2})", "duplicate-key \"\\u00e9\""},
      {R"({"": 1, "": 2})", "duplicate-key \"\""},
      {R"({"a": {"a": {"a": 1}}})", ""},
      {R"([{"a": 1}, {"a": 1}])", ""},
      {R"({"a": 1, "A": 2})", ""},
      {"{\"e\u0301\": 1, \"\u00e9\": 2}", ""},
      // Numbers.
      {"0", ""},
      {"-0", ""},
      {"-0.0", ""},
      {"0.1", ""},
      {"1.10", ""},
      {"100e-2", ""},
      {"0e999999999999", ""},
      {"0.000e-999", ""},
      {"9007199254740993", ""},
      {"9223372036854775807", ""},
      {"-9223372036854775808", ""},
      {"18446744073709551615", ""},
      {"18446744073709551616", "warning lossy-number 18446744073709551616"},
      {"-9223372036854775809", "warning lossy-number -9223372036854775809"},
      {"9007199254740993.0", "warning lossy-number 9007199254740993.0"},
      {"9007199254740992.0", ""},
      {"0.1234567890123456", ""},
      {"0.1234567890123456789", "warning lossy-number 0.1234567890123456789"},
      {"0.1000000000000000055511151231257827021181583404541015625", ""},
      {"3.14159265358979", ""},
      {"1e20", ""},
      {"1e308", ""},
      {"1.7976931348623157e308", ""},
      {"1e309", "lossy-number 1e309"},
      {"1e999", "lossy-number 1e999"},
      {"[-1e999]", "lossy-number -1e999"},
      {"1e-323", ""},
      {"5e-324", ""},
      {"4.9e-324", ""},
      {"4.95e-324", "warning lossy-number 4.95e-324"},
      {"1e-999", "warning lossy-number 1e-999"},
      {"-1e-999", "warning lossy-number -1e-999"},
      // Bytes.
      {"\xEF\xBB\xBF{}", "info byte-order-mark \xEF\xBB\xBF"},
      {"{}\0"s, "json-syntax \0"},
      {"[\"a\0b\"]"s, "null-byte \0"},
      {"[\"\\u0000\"]", ""},
      {"[\"\x7F\xC2\x80\"]", ""},
      {"[\"\xFF\"]", "invalid-utf8 \xFF"},
      {"[\"\xC0\xAF\"]", "invalid-utf8 \xC0\xAF"},
      {"[\"\xED\xA0\x80\"]", "invalid-utf8 \xED\xA0\x80"},
      {"[\"\xF4\x90\x80\x80\"]", "invalid-utf8 \xF4\x90\x80\x80"},
      {"[\"\xE2\x82\"]", "invalid-utf8 \xE2\x82"},
      {"[\xFF]", "invalid-utf8 \xFF"},
      {"{\"\xFF\": 1}", "invalid-utf8 \xFF"},
      {R"(["\ud83d\ude00"])", ""},
      {R"(["\ud800"])", R"(json-syntax \ud800)"},
      {R"(["\udc00\ud800"])", R"(json-syntax \udc00, json-syntax \ud800)"},
      {R"({"\ud800x": 1})", R"(json-syntax \ud800)"},
  }));
  DYNAMIC_SECTION(c.text) {
    const Document document = read_json(c.text);
    // A NUL in `expected` ends it: compare up to there.
    CHECK(findings(document).substr(0, std::string(c.expected).size()) == c.expected);
    CHECK(document.diagnostics().empty() == (*c.expected == '\0'));
    CHECK(document.root());
  }
}

TEST_CASE("a duplicate key names the line of the first one", "[document]") {
  const Document document = read_json("{\"States\": {\n\"A\": 1,\n\n\"A\": 2}}");
  REQUIRE(document.diagnostics().size() == 1);
  const Diagnostic& d = document.diagnostics()[0];
  CHECK(d.message == "the key \"A\" stands twice in this object, first in line 2");
  CHECK(d.pointer == "/States/A");
  CHECK(document.position(d.span.begin) == Position{4, 1});
  const Node states = *document.root()->find("States");
  CHECK(states.size() == 2);
  CHECK(*states.find("A") == states.children()[1]);
  CHECK(to_json(states.value()) == R"({"A":2})");
}

TEST_CASE("duplicate keys are found in objects of every size", "[document]") {
  const std::size_t members = GENERATE(2u, 3u, 11u, 12u, 13u, 14u, 100u);
  DYNAMIC_SECTION(members) {
    std::string text = "{";
    for (std::size_t i = 0; i + 1 < members; ++i) text += fmt::format("\"k{}\": {}, ", i, i);
    text += "\"k0\": 1}";
    const Document document = read_json(text);
    CHECK(findings(document) == "duplicate-key \"k0\"");
    CHECK(document.diagnostics()[0].span.begin > text.size() - 10);
  }
}

TEST_CASE("a hundred thousand duplicate keys are listed up to the limit and counted", "[document]") {
  std::string text = "{";
  constexpr std::size_t kMembers = 100'000;
  for (std::size_t i = 0; i < kMembers; ++i) text += "\"a\":1,";
  text.back() = '}';
  const Document document = read_json(text);
  CHECK(document.root()->size() == kMembers);
  REQUIRE(document.diagnostics().size() == kMaxListedOfOneName);
  CHECK_THAT(document.diagnostics().back().help,
             Catch::Contains(fmt::format("{} more like this are not listed", kMembers - 1 - kMaxListedOfOneName)));
}

TEST_CASE("as many duplicate keys as the limit are listed without a word about more", "[document]") {
  const std::size_t duplicates = GENERATE(kMaxListedOfOneName - 1, kMaxListedOfOneName, kMaxListedOfOneName + 1);
  std::string text = "{\"a\":0";
  for (std::size_t i = 0; i < duplicates; ++i) text += ",\"a\":1";
  const Document document = read_json(text + "}");
  CHECK(document.diagnostics().size() == std::min(duplicates, kMaxListedOfOneName));
  const bool more = document.diagnostics().back().help.find("more like this") != std::string::npos;
  CHECK(more == (duplicates > kMaxListedOfOneName));
}

TEST_CASE("nesting is read down to kMaxDepth", "[document]") {
  const std::size_t depth = GENERATE(kMaxDepth - 1, kMaxDepth, kMaxDepth + 1, std::size_t{1'000'000});
  DYNAMIC_SECTION(depth) {
    const bool too_deep = depth > kMaxDepth;
    const Document document = read_json(nested(depth));
    REQUIRE(document.root());
    CHECK(findings(document) == (too_deep ? "nesting-too-deep [" : ""));
    if (too_deep) CHECK(document.diagnostics()[0].span == Span{kMaxDepth, kMaxDepth + 1});
    CHECK(document.root()->value().depth() == std::min(depth, kMaxDepth));
    const auto value = read_value(nested(depth));
    CHECK(value.has_value() == !too_deep);
    if (!value) {
      CHECK(value.error().name == "nesting-too-deep");
      CHECK(value.error().span == Span{kMaxDepth, kMaxDepth + 1});
    }
  }
}

TEST_CASE("what stands beside the too deep part is read", "[document]") {
  const std::string deep = nested(kMaxDepth);
  const Document document = read_json("{\"a\": 1, \"b\": [" + deep + ", 2], \"c\": 3}");
  CHECK(errors(document) == 2 - 1);
  CHECK(document.diagnostics()[0].name == "nesting-too-deep");
  CHECK(document.root()->find("c")->number() == Value(3));
  CHECK(document.root()->find("b")->size() == 2);
}

TEST_CASE("a million opening brackets are one error for the depth and one for the end", "[document]") {
  const char* const bracket = GENERATE("[", "{\"a\":", "[{\"a\":");
  std::string text;
  while (text.size() < 1'000'000) text += bracket;
  const Document document = read_json(text);
  CHECK(document.diagnostics().size() == 2);
  CHECK(document.root());
  CHECK_FALSE(read_value(text));
}

TEST_CASE("text is read up to kMaxTextBytes", "[document]") {
  const std::size_t bytes = GENERATE(kMaxTextBytes - 1, kMaxTextBytes, kMaxTextBytes + 1);
  std::string text(bytes, ' ');
  text[0] = '1';
  const bool fits = bytes <= kMaxTextBytes;
  CHECK(read_value(text).has_value() == fits);
  const Document document = read_json(std::move(text));
  CHECK(document.root().has_value() == fits);
  if (!fits) CHECK(document.diagnostics().at(0).name == "text-too-large");
}

TEST_CASE("behind a valid text only the four white-space bytes are accepted", "[document]") {
  const std::string valid = GENERATE("{}", "[1]", "1", "-1.5", "true", "null", "\"a\"", "{\"a\": [null]} ");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = valid + static_cast<char>(byte);
    INFO(valid << " and byte " << byte);
    const bool blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
    const bool digit = (valid == "1" || valid == "-1.5") && byte >= '0' && byte <= '9';
    const Document document = read_json(text);
    CHECK((errors(document) == 0) == (blank || digit));
    if (valid != "true" && valid != "null") CHECK(document.root());  // "truex" is no value any more
    CHECK(read_value(text).has_value() == (blank || digit));
  }
}

TEST_CASE("read_value reads the value alone", "[document]") {
  struct Case {
    const char* text;
    const char* expected;
  };
  const auto c = GENERATE(values<Case>({
      {"null", "null"},
      {" [ 1 , 2.0, -0, 1e2 ] ", "[1,2.0,0,100.0]"},
      {"18446744073709551615", "18446744073709551615"},
      {"18446744073709551616", "1.8446744073709552E19"},
      {"9007199254740993", "9007199254740993"},
      {R"({"b": 1, "a": {"x": [{}], "b": []}, "b": 2})", R"({"b":2,"a":{"x":[{}],"b":[]}})"},
      {R"("\u00e9\ud83d\ude00\n")", R"("é😀\n")"},
      {"\xEF\xBB\xBF[]", "[]"},
      {"1e-999", "0.0"},
      {R"([[1,[2,[3]],4],{"a":{"b":{"c":[[]]}}}])", R"([[1,[2,[3]],4],{"a":{"b":{"c":[[]]}}}])"},
  }));
  DYNAMIC_SECTION(c.text) {
    const auto value = read_value(c.text);
    REQUIRE(value);
    CHECK(to_json(*value) == c.expected);
    CHECK(to_json(read_json(c.text).root()->value()) == c.expected);
  }
}

TEST_CASE("read_value fails with the first error and its place", "[document]") {
  struct Case {
    std::string text;
    const char* name;
    Span span;
  };
  const auto c = GENERATE(values<Case>({
      {"", "json-syntax", {0, 0}},
      {"{\"a\": 1,}", "json-syntax", {7, 8}},
      {"[1] x", "json-syntax", {4, 5}},
      {"[1]\0"s, "json-syntax", {3, 4}},
      {"[\"\xFF\"]", "invalid-utf8", {2, 3}},
      {"[1e999]", "lossy-number", {1, 6}},
      {"[1, '2', \"\xFF\"]", "json-syntax", {4, 7}},
      {"\xFF\xFE[\0]\0"s, "invalid-utf8", {0, 2}},
  }));
  DYNAMIC_SECTION(c.text) {
    const auto value = read_value(c.text);
    REQUIRE_FALSE(value);
    CHECK(value.error().name == c.name);
    CHECK(value.error().span == c.span);
    CHECK(value.error().severity == Severity::Error);
  }
}

}  // namespace stepglass
