#include "engine/document/repair.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "engine/support/random.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

using namespace std::string_literals;

/// "1:8 message" for each diagnostic.
std::vector<std::string> messages(const Document& document) {
  std::vector<std::string> out;
  for (const Diagnostic& d : document.diagnostics()) {
    const Position at = document.position(d.span.begin);
    out.push_back(fmt::format("{}:{} {}", at.line, at.column, d.message));
  }
  return out;
}

std::string value_of(const Document& document) {
  return document.root() ? to_json(document.root()->value()) : "nothing";
}

struct Case {
  std::string text;
  std::vector<std::string> messages;
  std::string value;
};

void check(const Case& c) {
  DYNAMIC_SECTION(c.text) {
    const Document document = read_json(c.text);
    CHECK(messages(document) == c.messages);
    CHECK(value_of(document) == c.value);
    CHECK_FALSE(read_value(c.text));
  }
}

/// Everything that must hold for any text at all.
void check_any(const std::string& text) {
  INFO("text: " << Catch::Detail::stringify(text));
  const Document document = read_json(text);
  bool refused = false;
  std::size_t syntax = 0;
  std::uint32_t last = 0;
  bool fine = true;
  for (const Diagnostic& d : document.diagnostics()) {
    refused |= d.severity == Severity::Error && d.name != "duplicate-key";
    syntax += d.name == "json-syntax";
    fine &= d.span.begin <= d.span.end && d.span.end <= text.size() && d.span.begin >= last && !d.message.empty();
    last = d.span.begin;
  }
  CHECK(fine);
  CHECK(syntax <= kMaxSyntaxErrors);
  CHECK(read_value(text).has_value() == !refused);
  if (refused) {
    // What repair() promises to be JSON is read.
    const bool has_value = detail::repair(text, detail::LineIndex(text)).has_value;
    CHECK((document.root().has_value() || !has_value));
  } else {
    CHECK(document.root());
  }
  if (!document.root()) return;
  std::vector<Node> open{*document.root()};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    const Span span = node.span();
    fine &= span.begin <= span.end && span.end <= text.size();
    std::uint32_t end = span.begin;
    for (const Node child : node.children()) {
      const Span inside = child.span();
      fine &= inside.begin >= end && inside.end <= span.end;
      if (node.is_object()) fine &= child.key_span().end <= inside.begin;
      end = inside.end;
      open.push_back(child);
    }
  }
  CHECK(fine);
}

}  // namespace

TEST_CASE("commas too many and too few", "[document]") {
  check(GENERATE(values<Case>({
      {R"({"a": 1 "b": 2})", {"1:9 a comma is missing before \"b\""}, R"({"a":1,"b":2})"},
      {"{\"a\": 1\n\"Next\": 2}", {"2:1 a comma is missing before \"Next\""}, R"({"a":1,"Next":2})"},
      {R"([1 2])", {"1:4 a comma is missing before \"2\""}, "[1,2]"},
      {R"(["a""b"])", {"1:5 a comma is missing before \"b\""}, R"(["a","b"])"},
      {R"([{} {}])", {"1:5 a comma is missing before \"{\""}, "[{},{}]"},
      {R"({"a": {} "b": []})", {"1:10 a comma is missing before \"b\""}, R"({"a":{},"b":[]})"},
      {R"([1,])", {"1:3 a comma stands before \"]\""}, "[1]"},
      {R"({"a": 1,})", {"1:8 a comma stands before \"}\""}, R"({"a":1})"},
      {"{\"a\": [1, 2,\n],\n}",
       {"1:12 a comma stands before \"]\"", "2:2 a comma stands before \"}\""},
       R"({"a":[1,2]})"},
      {R"([1,,2])", {"1:4 a value is missing before \",\""}, "[1,2]"},
      {R"([,1])", {"1:2 a value is missing before \",\""}, "[1]"},
      {R"([,])", {"1:2 a value is missing before \",\""}, "[]"},
      {R"({,})", {"1:2 a key is missing before \",\""}, "{}"},
      {R"({"a": 1,, "b": 2})", {"1:9 a key is missing before \",\""}, R"({"a":1,"b":2})"},
      {R"([1; 2])", {"1:3 \";\" stands where a comma belongs"}, "[1,2]"},
      {R"([1; ])", {"1:3 \";\" stands where a comma belongs", "1:3 a comma stands before \"]\""}, "[1]"},
  })));
}

TEST_CASE("keys and values that are missing or half", "[document]") {
  check(GENERATE(values<Case>({
      {R"({"a": , "b": 1})", {"1:2 the key \"a\" has no value"}, R"({"a":null,"b":1})"},
      {R"({"a": })", {"1:2 the key \"a\" has no value"}, R"({"a":null})"},
      {R"({"a"})", {"1:2 the key \"a\" has no value"}, R"({"a":null})"},
      {R"({"a", "b": 1})", {"1:2 the key \"a\" has no value"}, R"({"a":null,"b":1})"},
      {"{\"a\":\n\"b\": 1}", {"1:2 the key \"a\" has no value"}, R"({"a":null,"b":1})"},
      {"{\"a\"\n\"b\": 1}", {"1:2 the key \"a\" has no value"}, R"({"a":null,"b":1})"},
      {R"({"a" 1})", {"1:2 a colon is missing after \"a\""}, R"({"a":1})"},
      {R"({"a" "b"})", {"1:2 a colon is missing after \"a\""}, R"({"a":"b"})"},
      {R"({"a" {"b": 1}})", {"1:2 a colon is missing after \"a\""}, R"({"a":{"b":1}})"},
      {R"({"a" = 1})", {"1:6 \"=\" stands where a colon belongs"}, R"({"a":1})"},
      {R"({"a" => 1})", {"1:6 \"=>\" stands where a colon belongs"}, R"({"a":1})"},
      {R"({"a":: 1})", {"1:6 a second colon stands behind a key"}, R"({"a":1})"},
      {R"({: 1})", {"1:2 a key is missing before \":\""}, R"({"":1})"},
      {R"({{"a": 1}})", {"1:2 a key is missing before \"{\""}, R"({"":{"a":1}})"},
      {R"({"a": 1 b c, "d": 2})", {"1:9 \"b c\" stands behind a value"}, R"({"a":1,"d":2})"},
      {R"(["a": 1])", {"1:5 a colon stands inside an array"}, R"(["a",1])"},
      {R"({"a": 1: 2})", {"1:8 a colon stands behind a value", "1:10 \"2\" stands behind a value"}, R"({"a":1})"},
  })));
}

TEST_CASE("the end of half-typed text", "[document]") {
  check(GENERATE(values<Case>({
      {R"({)", {"1:2 the text ends before the object that starts in line 1 is closed"}, "{}"},
      {R"([)", {"1:2 the text ends before the array that starts in line 1 is closed"}, "[]"},
      {R"([1, )", {"1:4 the text ends before the array that starts in line 1 is closed"}, "[1]"},
      {R"({"a": 1, )", {"1:9 the text ends before the object that starts in line 1 is closed"}, R"({"a":1})"},
      {R"({"a)", {"1:2 the text ends inside the string \"a\""}, R"({"a":null})"},
      {R"({"a")", {"1:5 the text ends behind the key \"a\""}, R"({"a":null})"},
      {R"({"a":)", {"1:6 the text ends behind the key \"a\""}, R"({"a":null})"},
      {R"({"a": ")", {"1:7 the text ends inside the string \"\""}, R"({"a":""})"},
      {R"({"a": "b\)",
       {"1:7 the text ends inside the string \"b\\\"", "1:9 a backslash escapes nothing"},
       R"({"a":"b\\"})"},
      {R"({"a": "b}})", {"1:7 the text ends inside the string \"b}}\""}, R"({"a":"b}}"})"},
      {R"({"a": {"b": "c}})", {"1:13 the string \"c\" is never closed"}, R"({"a":{"b":"c"}})"},
      {R"(["see [1])", {"1:2 the string \"see [1\" is never closed"}, R"(["see [1"])"},
      {R"({"a": tru)",
       {"1:7 \"tru\" is no JSON value", "1:10 the text ends before the object that starts in line 1 is closed"},
       R"({"a":true})"},
      {R"({"a": [{"b": 1)",
       {"1:15 the text ends before the object that starts in line 1 is closed"},
       R"({"a":[{"b":1}]})"},
      {R"("abc)", {"1:1 the text ends inside the string \"abc\""}, R"("abc")"},
      {"{\"a\": 1 /* open",
       {"1:8 the text ends before the object that starts in line 1 is closed", "1:9 a comment is no JSON"},
       R"({"a":1})"},
  })));
}

TEST_CASE("the end of half-typed text says what to add", "[document]") {
  CHECK(read_json(R"({"a": [{"b": 1)").diagnostics().at(0).help == "add }]} at the end");
  CHECK(read_json(R"({"a": [{"b": "x)").diagnostics().at(0).help == "add \"}]} at the end");
  CHECK(read_json(R"({"a": [{"b":)").diagnostics().at(0).help == "write a value, and add }]} at the end");
}

TEST_CASE("brackets that do not match", "[document]") {
  check(GENERATE(values<Case>({
      {R"([1})", {"1:3 \"}\" closes the array that starts in line 1"}, "[1]"},
      {R"({"a": 1])", {"1:8 \"]\" closes the object that starts in line 1"}, R"({"a":1})"},
      {R"({"a": [1, 2}, "b": 1})", {"1:12 \"}\" closes the array that starts in line 1"}, R"({"a":[1,2],"b":1})"},
      {R"({"a": [1})", {"1:9 \"}\" stands before the array that starts in line 1 is closed"}, R"({"a":[1]})"},
      {R"([{"a": 1])", {"1:9 \"]\" stands before the object that starts in line 1 is closed"}, R"([{"a":1}])"},
      {R"({"a": 1}})", {"1:9 \"}\" closes nothing"}, R"({"a":1})"},
      {R"([1]]])", {"1:4 \"]]\" closes nothing"}, "[1]"},
      {R"({"a": {}}, "b": 1})", {"1:9 this \"}\" closes the text too early"}, R"({"a":{},"b":1})"},
      {R"({"a": [1, ]})", {"1:9 a comma stands before \"]\""}, R"({"a":[1]})"},
      {"}", {"1:1 \"}\" closes nothing"}, "nothing"},
  })));
}

TEST_CASE("a missing bracket is found by the indentation", "[document]") {
  check(GENERATE(values<Case>({
      {R"({
  "States": {
    "A": {
      "Type": "Pass"
    ,
    "B": {
      "Type": "Fail"
    }
  }
})",
       {"4:21 the object that starts in line 3 is not closed"},
       R"({"States":{"A":{"Type":"Pass"},"B":{"Type":"Fail"}}})"},
      {R"({
  "States": {
    "A": {
      "Type": "Pass",
    "B": {
      "Type": "Fail"
    }
  }
})",
       {"4:21 the object that starts in line 3 is not closed"},
       R"({"States":{"A":{"Type":"Pass"},"B":{"Type":"Fail"}}})"},
      {R"({
  "Choices": [
    {
      "Next": "B"
    }
  "Default": "C"
})",
       {"5:6 the array that starts in line 2 is not closed", "6:3 a comma is missing before \"Default\""},
       R"({"Choices":[{"Next":"B"}],"Default":"C"})"},
      // All to the left: the indentation says nothing.
      {"{\n\"A\": {\n\"Type\": \"Pass\",\n\"B\": 1\n}",
       {"5:2 the text ends before the object that starts in line 1 is closed"},
       R"({"A":{"Type":"Pass","B":1}})"},
  })));
}

TEST_CASE("quotes that are missing, odd or not escaped", "[document]") {
  check(GENERATE(values<Case>({
      {"{\"a\": \"Pas\n\"b\": 1}",
       {"1:7 the string \"Pas\" is never closed", "2:1 a comma is missing before \"b\""},
       R"({"a":"Pas","b":1})"},
      {"{\"a\": \"Pas,\n\"b\": 1}", {"1:7 the string \"Pas\" is never closed"}, R"({"a":"Pas","b":1})"},
      {"{\"a: 1,\n\"b\": 1}", {"1:2 the string \"a\" is never closed"}, R"({"a":1,"b":1})"},
      {R"({"Type: "Pass", "b": 1})", {"1:2 the key \"Type\" has no closing quote"}, R"({"Type":"Pass","b":1})"},
      {R"({Type": "Pass"})", {"1:2 the key \"Type\" has no opening quote"}, R"({"Type":"Pass"})"},
      {R"({"Type": Pass"})", {"1:10 the string \"Pass\" has no opening quote"}, R"({"Type":"Pass"})"},
      {R"({"a": 'b'})", {"1:7 \"b\" stands in single quotes"}, R"({"a":"b"})"},
      {R"({'a': 'it's "x"', "c": 1})",
       {"1:2 \"a\" stands in single quotes", "1:7 \"it's \"x\"\" stands in single quotes"},
       R"({"a":"it's \"x\"","c":1})"},
      {R"(['it\'s'])", {"1:2 \"it\\'s\" stands in single quotes"}, R"(["it's"])"},
      {R"(["it\'s"])", {"1:5 the escape \"\\'\" is no JSON"}, R"(["it's"])"},
      {R"([`a`])", {"1:2 \"a\" stands in backticks"}, R"(["a"])"},
      {"{“a”: „b“}",
       {"1:2 \"a\" stands in typographic quotation marks", "1:7 \"b\" stands in typographic quotation marks"},
       R"({"a":"b"})"},
      {R"({"a": "say "hi" now", "b": 1})",
       {"1:12 a double quote inside the string \"say \"hi\" now\" is not escaped"},
       R"({"a":"say \"hi\" now","b":1})"},
      {R"({"a": "he said "hi"", "b": 1})",
       {"1:16 a double quote inside the string \"he said \"hi\"\" is not escaped"},
       R"({"a":"he said \"hi\"","b":1})"},
      {R"({a: 1, b-c: 2, 3: 4})",
       {"1:2 the key \"a\" stands without quotes", "1:8 the key \"b-c\" stands without quotes",
        "1:16 the key \"3\" stands without quotes"},
       R"({"a":1,"b-c":2,"3":4})"},
      {R"({"a": hello world, "b": arn:aws:states:::x})",
       {"1:7 \"hello world\" is no JSON value", "1:25 \"arn:aws:states:::x\" is no JSON value"},
       R"({"a":"hello world","b":"arn:aws:states:::x"})"},
      {R"({"a": ${Arn}, "b": 1})", {"1:7 \"${Arn}\" is no JSON value"}, R"({"a":"${Arn}","b":1})"},
      {R"({"a": 2024-01-01T00:00:00Z})",
       {"1:7 \"2024-01-01T00:00:00Z\" is no JSON value"},
       R"({"a":"2024-01-01T00:00:00Z"})"},
  })));
}

TEST_CASE("strings with what must be escaped", "[document]") {
  check(GENERATE(values<Case>({
      {"[\"a\tb\tc\"]", {"1:4 a tab stands inside a string"}, R"(["a\tb\tc"])"},
      {"[\"a\nb\"]", {"1:4 a line break stands inside a string"}, R"(["a\nb"])"},
      {"{\"a\": \"b\r\nc\r\nd\", \"e\": 1}",
       {"1:9 a line break stands inside a string"},
       R"({"a":"b\r\nc\r\nd","e":1})"},
      {"[\"a\x01\"]", {"1:4 a control character stands inside a string"}, R"(["a\u0001"])"},
      {R"(["C:\Users\x"])",
       {"1:5 the escape \"\\U\" is no JSON", "1:11 the escape \"\\x\" is no JSON"},
       R"(["C:\\Users\\x"])"},
      {R"(["\u12"])", {"1:3 the escape \"\\u12\" needs four hexadecimal digits"}, R"(["\\u12"])"},
      {R"(["\u12g4"])", {"1:3 the escape \"\\u12\" needs four hexadecimal digits"}, R"(["\\u12g4"])"},
      {R"(["\ud800"])", {"1:3 the escape \"\\ud800\" is half of a surrogate pair"}, "[\"\uFFFD\"]"},
      {R"(["\ud800\u0041"])", {"1:3 the escape \"\\ud800\" is half of a surrogate pair"}, "[\"\uFFFDA\"]"},
      {R"(["\é"])", {"1:3 the escape \"\\é\" is no JSON"}, R"(["\\é"])"},
      {"[\"a\0b\"]"s, {"1:4 a NUL byte stands inside a string"}, R"(["a\u0000b"])"},
      {"[\"a\xFF\xFE!\"]", {"1:4 \"\\xFF\\xFE\" inside a string is no UTF-8"}, "[\"a\uFFFD!\"]"},
  })));
}

TEST_CASE("values of other languages", "[document]") {
  check(GENERATE(values<Case>({
      {"[NaN]", {"1:2 \"NaN\" is no JSON value"}, "[null]"},
      {"[-Infinity]", {"1:2 \"-Infinity\" is no JSON value"}, "[null]"},
      {"[True, None, undefined]",
       {"1:2 \"True\" is no JSON value", "1:8 \"None\" is no JSON value", "1:14 \"undefined\" is no JSON value"},
       "[true,null,null]"},
      {"[+1, .5, 5., 01, 0x1F, 1_000, 1e, -.5]",
       {"1:2 \"+1\" is no number in JSON", "1:6 \".5\" is no number in JSON", "1:10 \"5.\" is no number in JSON",
        "1:14 \"01\" is no number in JSON", "1:18 \"0x1F\" is no number in JSON", "1:24 \"1_000\" is no number in JSON",
        "1:31 \"1e\" is no number in JSON", "1:35 \"-.5\" is no number in JSON"},
       "[1,0.5,5,1,31,1000,1,-0.5]"},
      {"// a\n{\"a\": 1, /* b */ \"c\": 2 # d\n}",
       {"1:1 a comment is no JSON", "2:10 a comment is no JSON", "2:25 a comment is no JSON"},
       R"({"a":1,"c":2})"},
      {"[1,\u00A01]", {"1:4 the character U+00A0 is no white space in JSON"}, "[1,1]"},
      {"[1,\x0B 1]", {"1:4 the character U+000B is no white space in JSON"}, "[1,1]"},
      {"[1,\x01 1]", {"1:4 the control character U+0001 is no JSON"}, "[1,1]"},
      {"[1, \0\0 1]"s, {"1:5 a NUL byte is no JSON"}, "[1,1]"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF[]",
       {"1:1 the text starts with a byte order mark", "1:1 the character U+FEFF is no white space in JSON"},
       "[]"},
      {"[-]", {"1:2 \"-\" is no JSON value"}, R"(["-"])"},
  })));
}

TEST_CASE("text around the value, and text that is none", "[document]") {
  check(GENERATE(values<Case>({
      {"", {"1:1 the text is empty"}, "nothing"},
      {" \n", {"2:1 the text holds no value"}, "nothing"},
      {"// only", {"1:1 a comment is no JSON"}, "nothing"},
      {"not a definition", {"1:1 \"not\" is no JSON value"}, "nothing"},
      {"StartAt: A\nStates:\n  A: {}\n", {"1:1 \"StartAt\" is no JSON value"}, "nothing"},
      {"const x = {\"a\": 1}", {"1:1 \"const x =\" is no JSON value"}, R"({"a":1})"},
      {"```json\n{\"a\": 1}\n", {"1:1 \"```json\" is no JSON value"}, R"({"a":1})"},
      {"{\"a\": 1};", {"1:9 \";\" stands behind the end"}, R"({"a":1})"},
      {"{\"a\":1}\n{\"b\":2}", {"2:1 a second value starts with \"{\""}, R"({"a":1})"},
      {"1 2", {"1:3 \"2\" stands behind the end"}, "1"},
      {"{\"a\": 1} // end", {"1:10 a comment is no JSON"}, R"({"a":1})"},
      {"tru", {"1:1 \"tru\" is no JSON value"}, "nothing"},
      {"True", {"1:1 \"True\" is no JSON value"}, "true"},
      {"\xFF\xFE{\0}\0"s, {"1:1 the text is UTF-16 (little endian), and JSON is UTF-8"}, "nothing"},
      {"\xFE\xFF\0{\0}"s, {"1:1 the text is UTF-16 (big endian), and JSON is UTF-8"}, "nothing"},
      {"{\0}\0"s, {"1:1 the text is UTF-16 (little endian), and JSON is UTF-8"}, "nothing"},
      {"\0[\0]"s, {"1:1 the text is UTF-16 (big endian), and JSON is UTF-8"}, "nothing"},
      {"[\0\0\0]\0\0\0"s, {"1:1 the text is UTF-32 (little endian), and JSON is UTF-8"}, "nothing"},
      {"\0\0\xFE\xFF\0\0\0["s, {"1:1 the text is UTF-32 (big endian), and JSON is UTF-8"}, "nothing"},
  })));
}

TEST_CASE("a repaired value keeps its bytes in the user's text", "[document]") {
  const std::string text = "{'a': [+1, tru /* x */ 'b\tc'], d: {\"e\": }, \"f\": \"g\n";
  const Document document = read_json(text);
  const auto cut = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  REQUIRE(document.root());
  const Node root = *document.root();
  CHECK(cut(root.span()) == text);
  const Node a = *root.find("a");
  CHECK(cut(a.key_span()) == "'a'");
  CHECK(cut(a.span()) == "[+1, tru /* x */ 'b\tc']");
  CHECK(cut(a.children()[0].span()) == "+1");
  CHECK(cut(a.children()[1].span()) == "tru");
  CHECK(cut(a.children()[2].span()) == "'b\tc'");
  CHECK(a.children()[2].text() == "b\tc");
  const Node d = *root.find("d");
  CHECK(cut(d.key_span()) == "d");
  const Node e = *d.find("e");
  CHECK(e.is_null());
  CHECK(e.span().begin == e.span().end);
  CHECK(e.span().begin == text.find(": }") + 1);
  CHECK(cut(root.find("f")->span()) == "\"g");
}

TEST_CASE("syntax errors are listed up to kMaxSyntaxErrors", "[document]") {
  const std::size_t faults = GENERATE(kMaxSyntaxErrors - 1, kMaxSyntaxErrors, kMaxSyntaxErrors + 1, std::size_t{1000});
  SECTION("certain repairs go on: " + std::to_string(faults)) {
    std::string text = "[";
    for (std::size_t i = 0; i < faults; ++i) text += "'a',";
    text += "1]";
    const Document document = read_json(text);
    CHECK(document.diagnostics().size() == std::min(faults, kMaxSyntaxErrors));
    CHECK(document.root()->size() == faults + 1);
    CHECK((document.diagnostics().back().help.find("more like this") != std::string::npos) ==
          (faults > kMaxSyntaxErrors));
  }
  SECTION("guesses end: " + std::to_string(faults)) {
    std::string text = "[";
    for (std::size_t i = 0; i < faults; ++i) text += "a$,";
    text += "1]";
    const Document document = read_json(text);
    CHECK(document.diagnostics().size() == std::min(faults, kMaxSyntaxErrors));
    CHECK(document.root()->size() == (faults > kMaxSyntaxErrors ? kMaxSyntaxErrors + 1 : faults + 1));
  }
}

TEST_CASE("each prefix of a definition is understood up to where it ends", "[document]") {
  const std::string text =
      R"({"StartAt": "Pay", "States": {"Pay": {"Type": "Task", "Retry": [{"ErrorEquals": ["States.ALL"],
    "MaxAttempts": 2, "BackoffRate": 1.5}], "End": true}, "Ütter": {"Type": "Succeed", "Comment": "\u00e9 \"x\""}}})";
  for (std::size_t length = 1; length < text.size(); ++length) {
    const std::string prefix = text.substr(0, length);
    check_any(prefix);
    const Document document = read_json(prefix);
    REQUIRE(document.root());
    CHECK(document.root()->is_object());
    // Cut inside a character, an escape, a number or a word, more than one thing is wrong at the end.
    CHECK(document.diagnostics().size() <= 2);
    if (length > 20) CHECK(document.root()->find("StartAt")->text() == "Pay");
  }
}

TEST_CASE("any text is read without harm, and what is repaired is JSON", "[document]") {
  const std::vector<std::string> seeds = {
      R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": [1, -2.5e3, "x\n", null, true], "End": true}}})",
      "{\n  \"a\": {\n    \"b\": [\n      1,\n      2\n    ]\n  },\n  \"c\": \"d\"\n}\n",
      R"([[], {}, "", "\ud83d\ude00", 0, false, {"k": {"k": [{"k": ""}]}}])",
      "// c\n{a: 'b', 'c': [+1, .5,], \"d\": “e”, /* f */ g: ${H}, i: j k l, \"m\" 1, \"n\": \"o\"p\"q\"}\n",
  };
  const std::vector<std::string> pieces = {
      "{",  "}", "[",     "]",      ",",    ":",       "\"",  "'",       "\\",     "\n",    "\r",   " ",
      "\t", "a", "1",     "-",      "true", "nul",     "//",  "/*",      "*/",     "#",     "\xFF", "\xE2\x82",
      "é",  "“", "”",     "\u00A0", "\0"s,  "\x01",    "\\u", "\\ud800", "\"a\":", "\"b\"", "=",    ";",
      "${", "`", "1e999", ".5",     "0x",   "{\"k\":", "[[",  "]]",      "}}",     "\",",   "NaN",  "\xEF\xBB\xBF"};
  Random random(GENERATE(1u, 2u, 3u, 4u));
  for (int round = 0; round < 4000; ++round) {
    std::string text = random.below(8) == 0 ? "" : seeds[random.below(seeds.size())];
    const std::uint64_t changes = 1 + random.below(text.empty() ? 20 : 6);
    for (std::uint64_t i = 0; i < changes; ++i) {
      const std::size_t at = random.below(text.size() + 1);
      const std::size_t length = std::min<std::size_t>(random.below(3) == 0 ? random.below(12) : 0, text.size() - at);
      const std::string& piece = pieces[random.below(pieces.size())];
      text.replace(at, length, random.below(4) == 0 ? "" : piece);
    }
    check_any(text);
  }
}

TEST_CASE("hostile repetition is read in time that grows with the text", "[document]") {
  // 100,000 bytes each. Quadratic behaviour would take minutes, not fractions of a second.
  const std::vector<std::string> pieces = {"'",           "'a'",
                                           "`a",          "“",
                                           "\"",          "\"a",
                                           "\"\n",        "\"a\"b",
                                           "\"a\"'b'",    "\\",
                                           "\"\\",        "/*",
                                           "//",          "#",
                                           "${",          "${a",
                                           "a",           "a ",
                                           "1 ",          "-",
                                           "[",           "]",
                                           "{",           "}",
                                           "[}",          "{]",
                                           "{\"a\"",      "{\"a\":",
                                           "{'a':'",      "\"a\":",
                                           "\"a\"\n",     "\n",
                                           ",",           ":",
                                           "a:",          "=",
                                           "\xFF",        "\"\xFF\"",
                                           "é ",          "\u00A0",
                                           "\0"s,         "\"\0\""s,
                                           "\"\\x\"",     "\\u",
                                           "\"\\ud800\"", "1e999,",
                                           "[1e999],",    "0x",
                                           "tru",         "\t\"a\nb\"",
                                           "''",          "\"\"",
                                           "a;",          "{\n\"a\":1,\n",
                                           "\"a\":1,",    "  {\n\"a\":1\n",
                                           "}\n",         "/* */ "};
  for (const std::string start : {"", "[", "{\"k\":", "{\"k\":[\"x\","}) {
    for (const std::string& piece : pieces) {
      std::string text = start;
      while (text.size() < 100'000) text += piece;
      INFO("start: " << start << ", piece: " << piece);
      CHECK_FALSE(read_json(text).diagnostics().empty());
    }
  }
}

}  // namespace stepglass
