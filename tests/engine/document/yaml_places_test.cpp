// Places inside strings, parts of documents, and JSON text that stands inside another text.

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

std::string_view cut(const Document& document, Span span) {
  return document.text().substr(span.begin, span.end - span.begin);
}

Node only(const Document& document) {
  REQUIRE(document.root());
  return *document.root()->first_child();
}

}  // namespace

TEST_CASE("a place in a string leads to its bytes in the text", "[yaml]") {
  // The word HERE is looked for in the decoded text; each way to write the string has it once.
  const std::string_view text =
      GENERATE("a: plain HERE x", "a: plain\n  folded HERE\n  x", "a: 'it''s HERE'", "a: 'it''s\n\n\n  HERE'",
               "a: \"\\u00e9\\x41\\n HERE\"", "a: \"one \\\n   two\n  \xC3\xA9 HERE\"",
               "a: |\n    one\n\n      HERE\n    two\n", "a: |+2\n    HERE\n  two\n\n",
               "a: >-\n  one\n  two\n\n  three HERE\n\n    more\n  end\n", "a: |\r\n  one\r\n  HERE\r\nb: 1",
               "a: >\n\n\n  one\n\n    x\n    y\n\n  HERE\n", "{\"a\": \"\\\"\\ud83d\\ude00\\\\ HERE\"}");
  DYNAMIC_SECTION(text) {
    const Document document = text[0] == '{' ? read_json(std::string(text)) : read_yaml(std::string(text));
    const Node node = only(document);
    REQUIRE(node.is_string());
    const std::size_t at = node.text().find("HERE");
    REQUIRE(at != std::string_view::npos);
    CHECK(cut(document, node.text_span(at, at + 4)) == "HERE");
    CHECK(node.mapped_text().text == node.text());
    // Every byte has a place inside the string.
    for (std::size_t i = 0; i < node.text().size(); ++i) {
      const Span span = node.text_span(i, i + 1);
      CHECK((span.begin >= node.span().begin && span.end <= node.span().end + 3));
    }
  }
}

TEST_CASE("JSON inside a string has the places of the text around it", "[document]") {
  const std::string_view text =
      GENERATE("{\"a\": \"{\\\"b\\\": [1, \\\"x\\\\ny\\\"], \\\"c\\\": tru}\"}",
               "a: |\n  {\"b\": [1,\n    \"x\\ny\"], \"c\": tru}\n", "a: >\n  {\"b\": [1,\n  \"x\\ny\"], \"c\": tru}\n",
               "a: '{\"b\": [1, \"x\\ny\"], \"c\": tru}'");
  DYNAMIC_SECTION(text) {
    const Document host = text[0] == '{' ? read_json(std::string(text)) : read_yaml(std::string(text));
    REQUIRE(host.diagnostics().empty());
    const Document part = read_json_part(host, only(host).mapped_text());
    REQUIRE(part.root());
    CHECK(part.text() == host.text());
    CHECK(to_json(part.root()->value()) == R"({"b":[1,"x\ny"],"c":true})");
    CHECK(cut(part, part.root()->find("b")->children()[0].span()) == "1");
    REQUIRE(part.diagnostics().size() == 1);
    CHECK(part.diagnostics()[0].name == "json-syntax");
    CHECK(cut(part, part.diagnostics()[0].span) == "tru");
    const Node string = part.root()->find("b")->children()[1];
    CHECK(cut(part, string.text_span(0, 1)) == "x");
    CHECK(cut(part, string.text_span(2, 3)) == "y");
    CHECK(part.position(string.span().begin).line == host.position(host.text().find("x\\")).line);
  }
}

TEST_CASE("a definition before its deployment may hold placeholders where JSON has values", "[document]") {
  const Document document = read_definition_json(
      "{\"a\": ${Foo}, \"b\": [{{ bar }}, ${x}1], {% if y %}\n\"c\": \"${z}\",\n{% endif %} \"d\": #{AWS::Id}, \"e\": "
      "{{ q }}\n}");
  CHECK(document.diagnostics().empty());
  CHECK(to_json(document.root()->value()) ==
        R"({"a":"${Foo}","b":["{{ bar }}","${x}1"],"c":"${z}","d":"#{AWS::Id}","e":"{{ q }}"})");
  CHECK(cut(document, document.root()->find("a")->span()) == "${Foo}");
  const Document loop = read_definition_json("[{% for x in y %} 1, {% endfor %}]");
  CHECK(loop.diagnostics().empty());
  CHECK(to_json(loop.root()->value()) == "[1]");
  CHECK(read_definition_json("{\"a\": 1 {% if x %} \"b\": 2, {% endif %} }").diagnostics().empty());
  CHECK_FALSE(read_definition_json("{{% if x %} \"a\": 1, }").diagnostics().empty());
  CHECK_FALSE(read_json("{\"a\": ${Foo}}").diagnostics().empty());
  CHECK_FALSE(read_definition_json("{\"a\": ${Foo}").diagnostics().empty());
}

TEST_CASE("a part of a document starts its pointers anew and keeps its places", "[document]") {
  const Document host = read_yaml("x:\n  y: {a: !Ref Foo, a: 2, \"k\\n\": [3, !Sub '${Z}']}\nb: 1\nb: 2\n");
  const Node y = *host.root()->find("x")->find("y");
  const Document part = part_of(y, [](const Node& node) -> std::optional<std::string> {
    if (node.tag() == "!Ref") return "${" + std::string(node.text()) + "}";
    return std::nullopt;
  });
  CHECK(to_json(part.root()->value()) == R"({"a":2,"k\n":[3,"${Z}"]})");
  CHECK(part.root()->children()[0].text() == "${Foo}");
  CHECK(part.root()->pointer().empty());
  CHECK(part.root()->find("k\n")->children()[1].pointer() == "/k\n/1");
  CHECK(part.root()->find("k\n")->children()[1].tag() == "!Sub");
  CHECK(cut(part, part.root()->children()[0].span()) == "Foo");
  REQUIRE(part.diagnostics().size() == 1);
  CHECK(part.diagnostics()[0].name == "duplicate-key");
  CHECK(part.diagnostics()[0].pointer == "/a");
}

}  // namespace stepglass
