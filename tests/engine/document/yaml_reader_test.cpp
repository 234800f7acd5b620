// YAML to a tree: values, places, tags, aliases, and what is said of text that is no YAML.

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

using namespace std::string_literals;

/// "severity name text" of all diagnostics but infos, in order.
std::string findings(const Document& document) {
  std::string out;
  for (const Diagnostic& d : document.diagnostics()) {
    if (d.severity == Severity::Info) continue;
    if (!out.empty()) out += ", ";
    out += d.severity == Severity::Warning ? "warning " : "";
    out += d.name + " " + std::string(document.text().substr(d.span.begin, d.span.end - d.span.begin));
  }
  return out;
}

std::string json(const Document& document) {
  return document.root() ? to_json(document.root()->value()) : "nothing";
}

std::string_view cut(const Document& document, Span span) {
  return document.text().substr(span.begin, span.end - span.begin);
}

}  // namespace

TEST_CASE("YAML values are those of the core schema", "[yaml]") {
  struct Row {
    std::string_view yaml, json;
  };
  const auto row = GENERATE(
      Row{"a: 1", R"({"a":1})"}, Row{"- x\n- 'y'\n- \"z\\n\"", R"(["x","y","z\n"])"},
      Row{"[true, True, TRUE, false, null, Null, ~, ]", "[true,true,true,false,null,null,null]"},
      Row{"[yes, no, on, off, y]", R"(["yes","no","on","off","y"])"}, Row{"['true', \"1\"]", R"(["true","1"])"},
      Row{"[007, +5, -0.5, .5, 5., 1e3, 0x1F, 0o17]", "[7,5,-0.5,0.5,5,1000.0,31,15]"},
      Row{"[1_000, 1:30, .inf, 0x, 2016-03-14, 1e999]", R"(["1_000","1:30",".inf","0x","2016-03-14","1e999"])"},
      Row{"[!!str 1, !!int \"7\", !!null x  ]", R"(["1",7,null])"},
      Row{"a: |\n  x\n   y\n\n  z\n", R"({"a":"x\n y\n\nz\n"})"}, Row{"a: >-\n  x\n  y\n\n  z\n", R"({"a":"x y\nz"})"},
      Row{"a:\nb:\n  - \n  -", R"({"a":null,"b":[null,null]})"}, Row{"{\"a\": [1, {b: c}]}", R"({"a":[1,{"b":"c"}]})"},
      Row{"--- # first\na: 1\n...\n", R"({"a":1})"}, Row{"1: x\ntrue: y\n~: z", R"({"1":"x","true":"y","~":"z"})"},
      Row{"a: ${Foo}\nb: arn:aws:${X}:y", R"({"a":"${Foo}","b":"arn:aws:${X}:y"})"}, Row{"? a\n: b", R"({"a":"b"})"},
      Row{"\xEF\xBB\xBF"
          "a: \xC3\xA9",
          "{\"a\":\"\xC3\xA9\"}"});
  DYNAMIC_SECTION(row.yaml) {
    const Document document = read_yaml(std::string(row.yaml));
    CHECK(json(document) == row.json);
    CHECK(findings(document).empty());
  }
}

TEST_CASE("every YAML key and value knows its bytes", "[yaml]") {
  const Document document = read_yaml(
      "# \xC3\xA9\xF0\x9F\x98\x80\n\"k\\u0065y\": &x !Sub 'it''s'\nlist:\n  - plain text \n  - {a: [1, 2]}\nblock: |\n"
      "  one\n\nempty:\nlast: {b: ~}\n");
  REQUIRE(findings(document).empty());
  const auto members = document.root()->children();
  REQUIRE(members.size() == 5);
  CHECK(cut(document, members[0].key_span()) == "\"k\\u0065y\"");
  CHECK(members[0].key() == "key");
  CHECK(cut(document, members[0].span()) == "'it''s'");
  CHECK(members[0].text() == "it's");
  CHECK(members[0].tag() == "!Sub");
  CHECK(cut(document, members[1].span()) == "- plain text \n  - {a: [1, 2]}");
  CHECK(cut(document, members[1].children()[0].span()) == "plain text");
  CHECK(cut(document, members[1].children()[1].span()) == "{a: [1, 2]}");
  CHECK(members[1].children()[1].pointer() == "/list/1");
  CHECK(cut(document, members[2].span()) == "|\n  one");
  CHECK(cut(document, members[3].span()) == "empty");
  CHECK(members[3].is_null());
  CHECK(cut(document, document.root()->span()).ends_with("last: {b: ~}"));
  CHECK(document.position(members[0].span().begin) == Position{2, 21});
}

TEST_CASE("CloudFormation's short forms keep their tag", "[yaml]") {
  const Document document =
      read_yaml("a: !GetAtt X.Arn\nb: !Join\n  - ''\n  - [!Ref Y, z]\nc: !Custom 1\nd: !!binary aa\n");
  CHECK(json(document) == R"({"a":"X.Arn","b":["",["Y","z"]],"c":"1","d":"aa"})");
  CHECK(document.root()->find("a")->tag() == "!GetAtt");
  CHECK(document.root()->find("b")->tag() == "!Join");
  CHECK(document.root()->find("b")->children()[1].children()[0].tag() == "!Ref");
  CHECK(document.root()->find("b")->children()[1].children()[1].tag().empty());
  CHECK(findings(document) == "warning yaml-tag !Custom 1, warning yaml-tag !!binary aa");
}

TEST_CASE("aliases and merge keys are expanded", "[yaml]") {
  const Document document = read_yaml(
      "base: &b {x: 1, y: [!Ref Z]}\nother: &o {x: 3, z: 4}\nsame: *b\n"
      "mixed: {<<: *b, y: 2}\nboth:\n  <<: [*b, *o]\n  w: 5\nquoted: {\"<<\": *b}\nlist: [*o, *o]\nkey: &k name\n*k : "
      "v\n");
  CHECK(findings(document).empty());
  CHECK(
      json(document) ==
      R"({"base":{"x":1,"y":["Z"]},"other":{"x":3,"z":4},"same":{"x":1,"y":["Z"]},"mixed":{"y":2,"x":1},)"
      R"("both":{"w":5,"x":1,"y":["Z"],"z":4},"quoted":{"<<":{"x":1,"y":["Z"]}},"list":[{"x":3,"z":4},{"x":3,"z":4}],)"
      R"("key":"name","name":"v"})");
  // A copy has the places of what it was copied from, and its own key.
  const Node same = *document.root()->find("same");
  CHECK(cut(document, same.key_span()) == "same");
  CHECK(cut(document, same.span()) == "{x: 1, y: [!Ref Z]}");
  CHECK(same.find("y")->children()[0].tag() == "!Ref");
  CHECK(document.root()->find("list")->children()[1].key().empty());
  CHECK(document.root()->find("list")->children()[1].pointer() == "/list/1");
}

TEST_CASE("what is wrong with YAML is said with its place", "[yaml]") {
  struct Row {
    std::string_view yaml, findings, json;
  };
  const auto row = GENERATE(
      Row{"a: 1\nb: [2, 3\nc: 4\n", "yaml-syntax :", R"({"a":1,"b":null,"c":4})"},
      Row{"a: 1\n\tb: 2\n", "yaml-syntax \t", R"({"a":1})"}, Row{"a: @b\n", "yaml-syntax @", "{}"},
      Row{"a: 1\nb: 2\n  c: 3\nd: \"4\ne: 5\n", "yaml-syntax :, yaml-syntax ", R"({"a":1,"b":2,"d":null,"e":5})"},
      Row{"a: 1\nword\nb: {c: 3}\n", "yaml-syntax b", R"({"a":1,"b":{"c":3}})"},
      Row{"a: b: c\n", "yaml-syntax :", R"({"a":"b"})"}, Row{"", "yaml-syntax ", "nothing"},
      Row{"# only\n", "yaml-syntax ", "nothing"}, Row{"a: 1\na: 2\n", "duplicate-key a", R"({"a":2})"},
      Row{"a: *b\n", "yaml-alias *b", R"({"a":null})"}, Row{"a: &b [*b]\n", "yaml-alias *b", R"({"a":[null]})"},
      Row{"a: 1\n---\nb: 2\n", "warning yaml-documents ---", R"({"a":1})"},
      Row{"? [x]\n: [y, {z: 1}]\nb: 2\n", "yaml-key [", R"({"b":2})"},
      Row{"{a: 1, {b: c}: d, e: 2}", "yaml-key {", R"({"a":1,"e":2})"},
      Row{"a: \"x\xFFy\"\n", "invalid-utf8 \xFF", R"({"a":"x?y"})"},
      Row{"\xFF\xFE"
          "a",
          "invalid-utf8 \xFF\xFE", "nothing"},
      Row{"a: x\x01y\n", "yaml-syntax \x01", R"({"a":"x?y"})"}, Row{"*a : 1\n", "yaml-alias *a", R"({"":1})"});
  DYNAMIC_SECTION(row.yaml) {
    const Document document = read_yaml(std::string(row.yaml));
    CHECK(findings(document) == row.findings);
    CHECK(json(document) == row.json);
  }
}

TEST_CASE("a value that was left out to read on is missing, not null", "[yaml]") {
  const Document document = read_yaml("a: {b: 1\nc:\n");
  REQUIRE(document.root()->size() == 2);
  const Span left_out = document.root()->find("a")->span(), null = document.root()->find("c")->span();
  CHECK(left_out.begin == left_out.end);
  CHECK(null.begin < null.end);
}

TEST_CASE("a NUL byte in YAML is told, and what stands behind it is read", "[yaml]") {
  const Document document = read_yaml("a: x\0y\nb: 1\n"s);
  CHECK(findings(document) == "null-byte \0"s);
  CHECK(json(document) == R"({"a":"x?y","b":1})");
}

TEST_CASE("words that YAML 1.1 takes for something else are told as information", "[yaml]") {
  const Document document = read_yaml("a: yes\nb: 'no'\nc: 010\nd: 1:30\ne: 0\non: 5\n");
  std::string found;
  for (const Diagnostic& d : document.diagnostics()) {
    CHECK(d.severity == Severity::Info);
    found += d.name + " " + std::string(cut(document, d.span)) + "\n";
  }
  CHECK(found == "yaml-ambiguous yes\nyaml-ambiguous 010\nyaml-ambiguous 1:30\n");
}

TEST_CASE("placeholders may use the brackets of YAML", "[yaml]") {
  const Document document = read_yaml(
      "a: {{ name }}\nb: [${X}, \"${f(\\\"y\\\")}\"]\n{% if x %}\nc: \"{{ a }}: {{ b }}\"\n{{ key }}: 1\n{% endif "
      "%}\nd: #{AWS::Region}\n");
  CHECK(findings(document).empty());
  CHECK(
      json(document) ==
      R"({"a":"{{ name }}","b":["${X}","${f(\\\"y\\\")}"],"c":"{{ a }}: {{ b }}","{{ key }}":1,"d":"#{AWS::Region}"})");
}

}  // namespace stepglass
