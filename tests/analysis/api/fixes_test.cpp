// Fixes of the rules' own examples, carried out.

#include <string>

#include "analysis/api/lint.h"
#include "analysis/report/apply_fixes.h"
#include "analysis/rules/framework/registry.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

/// The definition with its text in a string of a template.
std::string in_template(std::string_view definition) {
  std::string text =
      R"({"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": ")";
  for (const char c : definition) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + "\"}}}}";
}

std::size_t fixable(const CheckedFile& file) {
  std::size_t count = 0;
  for (const PlacedFinding& placed : file.findings) count += placed.finding.fixes.empty() ? 0 : 1;
  return count;
}

/// Carries out all fixes of `text` until none is left.
void check_fixes(std::string text, const std::string& name, const LintOptions& options) {
  CheckedFile file = lint_text(text, name, options);
  for (int round = 0; round < 10 && fixable(file) > 0; ++round) {
    const FixedText fixed = apply_fixes(file, true);
    INFO(fixed.text);
    REQUIRE(fixed.fixes > 0);
    CheckedFile after = lint_text(fixed.text, name, options);
    CHECK(fixable(after) < fixable(file));
    for (const PlacedFinding& placed : after.findings) CHECK(placed.finding.name != "json-syntax");
    CHECK_FALSE(unified_diff(name, file.document.text(), fixed.text).empty());
    file = std::move(after);
  }
  CHECK(fixable(file) == 0);
}

}  // namespace

TEST_CASE("every fix of every example leads to a text without it", "[lint]") {
  std::size_t with_fixes = 0;
  for (const Rule* rule : all_rules()) {
    if (rule->bad.empty()) continue;
    INFO(rule->name);
    LintOptions options;
    options.type = rule->type == ExampleType::Express ? MachineType::Express : MachineType::Standard;
    options.select = {"all"};
    const std::string bad(rule->bad);
    with_fixes += fixable(lint_text(bad, "a.asl.json", options)) > 0;
    check_fixes(bad, "a.asl.json", options);
    if (bad.find('\0') == std::string::npos) check_fixes(in_template(bad), "template.json", options);
  }
  CHECK(with_fixes >= 8);
}

TEST_CASE("a fix takes a member with its comma, wherever it stands", "[lint]") {
  const auto mended = [](const std::string& fields) {
    const CheckedFile file = lint_text(R"({"StartAt":"A","States":{"A":{)" + fields + "}}}", "a.asl.json", {});
    return apply_fixes(file, true).text.substr(30);
  };
  CHECK(mended(R"("Type":"Succeed","End":true)") == R"("Type":"Succeed"}}})");
  CHECK(mended(R"("End":true,"Type":"Succeed")") == R"("Type":"Succeed"}}})");
  CHECK(mended(R"("Comment":"c", "End":true , "Type":"Succeed")") == R"("Comment":"c", "Type":"Succeed"}}})");
  CHECK(mended(R"("Type":"Fail","End":true,"Next":"B")") == R"("Type":"Fail","Next":"B"}}})");
}

TEST_CASE("a state goes on or ends, and the last one ends", "[lint]") {
  const auto mended = [](const std::string& states) {
    const CheckedFile file = lint_text(R"({"StartAt":"A","States":{)" + states + "}}", "a.asl.json", {});
    return apply_fixes(file, true).text.substr(25);
  };
  CHECK(mended(R"("A":{"Type":"Pass","Next":"B","End":true},"B":{"Type":"Succeed"})") ==
        R"("A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}})");
  CHECK(mended(R"("A":{"Type":"Pass"},"B":{"Type":"Succeed"})") == R"("A":{"Type":"Pass"},"B":{"Type":"Succeed"}}})");
  CHECK(mended(R"("A":{"Type":"Pass"})") == R"("A":{"Type":"Pass", "End": true}}})");
  CHECK(mended("\"A\":{\n  \"Type\": \"Pass\"\n}") == "\"A\":{\n  \"Type\": \"Pass\",\n  \"End\": true\n}}}");
  CHECK(mended(R"("A":{"Type":"Pass","End":false})") == R"("A":{"Type":"Pass","End":false}}})");
}

TEST_CASE("a diff has the lines around each change", "[lint]") {
  CHECK(unified_diff("a", "1\n2\n3\n", "1\n2\n3\n").empty());
  CHECK(unified_diff("a", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nx\n6\n") ==
        "--- a\n+++ a\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n");
  CHECK(unified_diff("a", "1\n2", "1\n2\n") ==
        "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+2\n");
  CHECK(unified_diff("a", "", "1\n") == "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+1\n");
}
