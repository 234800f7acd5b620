// Directives in Comments.

#include "tests/analysis/rules/fixture.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

std::string found(std::string text) {
  return joined(lint_lines(std::move(text), {}));
}

}  // namespace

TEST_CASE("a directive covers its state only", "[rules]") {
  CHECK(found(R"({"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Parameters": {"x": "$.x"}, "End": true,
          "Comment": "Fixed. stepglass:ignore[path-in-static-key] a literal dollar"}}})")
            .empty());
  CHECK(found(R"({"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Comment": "stepglass:ignore[ASL304] so", "Parameters": {"x": "$.x"}, "Next": "B"},
    "B": {"Type": "Pass", "Parameters": {"x": "$.x"}, "End": true}}})")
            .starts_with("3:47 warning ASL304 path-in-static-key: "));
}

TEST_CASE("a directive at the top covers the file, and one with -tree the states inside", "[rules]") {
  const std::string inner =
      R"({"StartAt": "I", "States": {"I": {"Type": "Pass", "Parameters": {"x": "$.x"}, "End": true}}})";
  const auto map = [&](const std::string& top, const std::string& comment) {
    return R"({"Comment": ")" + top + R"(", "StartAt": "A", "States": {"A": {"Type": "Map", "Comment": ")" + comment +
           R"(", "ItemProcessor": )" + inner + R"(, "End": true}}})";
  };
  CHECK(found(map("stepglass:ignore-file[ASL304]", "")).empty());
  CHECK(found(map("", "stepglass:ignore-tree[ASL304]")).empty());
  CHECK(found(map("", "stepglass:ignore[ASL304]")).find("path-in-static-key: ") != std::string::npos);
  CHECK(found(map("stepglass:ignore[ASL304]", "")).find("path-in-static-key: ") != std::string::npos);
}

TEST_CASE("a directive that covers nothing is told, and one without a rule of that name", "[rules]") {
  CHECK(found(R"({"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "stepglass:ignore[ASL304] old"}}})") ==
        "1:65 warning ASL188 unused-suppression: nothing here is \"ASL304\" that could be ignored\n");
  CHECK(found(R"({"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "stepglass:ignore[nope]"}}})") ==
        "1:65 warning ASL188 unused-suppression: no rule is named \"nope\"\n");
  CHECK(found(R"({"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "stepglass:ignore ASL304"}}})") ==
        "1:65 warning ASL188 unused-suppression: this directive says nothing\n");
  LintOptions graded;
  graded.severities = {{"unused-suppression", Severity::Error}};
  const auto findings =
      lint(read_json(R"({"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "stepglass:ignore[nope]"}}})"), graded)
          .findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::Error);
  CHECK(findings[0].pointer == "/States/A/Comment");
  // Rules that are off cannot show whether a directive is needed.
  CHECK(found(R"({"StartAt": "A", "States": {"A": {"Type": "Succeed",
                  "Comment": "stepglass:ignore[deprecated-map-field]"}}})")
            .empty());
}

TEST_CASE("directives can be left aside", "[rules]") {
  LintOptions options;
  options.no_inline = true;
  CHECK(lint_lines(R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"x": "$.x"}, "End": true,
          "Comment": "stepglass:ignore[path-in-static-key]"}}})",
                   options)
            .size() == 1);
}

TEST_CASE("severities can be changed, and infos asked for", "[rules]") {
  const char* text = R"({"StartAt": "A", "States": {"A": {"Type": "Map", "End": true,
      "Iterator": {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}}}})";
  LintOptions options;
  CHECK(lint_lines(text, options).empty());
  options.select = {"deprecated-map-field"};
  CHECK(lint_lines(text, options).size() == 1);
  options.select = {};
  options.severities = {{"deprecated-map-field", Severity::Error}};
  REQUIRE(lint_lines(text, options).size() == 1);
  CHECK(lint_lines(text, options)[0].find(" error ASL") != std::string::npos);
}
