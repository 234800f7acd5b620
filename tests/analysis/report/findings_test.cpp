#include "analysis/report/findings.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "analysis/report/rule_pages.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

Finding a_finding(std::string message) {
  return {.code = "ASL204",
          .name = "unreachable-state",
          .severity = Severity::Warning,
          .message = std::move(message),
          .help = "name it in a Next",
          .span = {3, 6},
          .pointer = "/States/B",
          .related = {{{0, 1}, "here"}},
          .path = {"A", "B"},
          .aws_code = "MISSING_TRANSITION_TARGET"};
}

CheckedFiles files(std::string name, std::string message) {
  CheckedFiles result;
  Document document = read_json("[\n \"B\"]");
  PlacedFinding placed = place(a_finding(std::move(message)), document);
  result.push_back({std::move(name), std::move(document), {placed}, {}});
  return result;
}

constexpr FindingsFormat kAll[] = {
    FindingsFormat::Text,    FindingsFormat::Concise,    FindingsFormat::Json,     FindingsFormat::Jsonl,
    FindingsFormat::Sarif,   FindingsFormat::Github,     FindingsFormat::Gitlab,   FindingsFormat::Junit,
    FindingsFormat::Rdjsonl, FindingsFormat::Checkstyle, FindingsFormat::Markdown,
};

bool holds_json(FindingsFormat format) {
  return format == FindingsFormat::Json || format == FindingsFormat::Jsonl || format == FindingsFormat::Sarif ||
         format == FindingsFormat::Gitlab || format == FindingsFormat::Rdjsonl;
}

}  // namespace

TEST_CASE("findings as text show the place, the path and what to do", "[report]") {
  CHECK(format_findings(FindingsFormat::Text, files("a.asl.json", "state \"B\" can never run"), {}) ==
        "warning[ASL204] unreachable-state: state \"B\" can never run\n"
        "  ┌─ a.asl.json:2:2  /States/B\n"
        "2 │  \"B\"]\n"
        "  │  ^^^\n"
        "  = line 1: here\n"
        "  = path: A → B\n"
        "  = help: name it in a Next\n"
        "\n"
        "checked 1 file: 0 errors, 1 warning\n");
  CHECK(format_findings(FindingsFormat::Concise, files("a.asl.json", "state \"B\" can never run"), {}) ==
        "a.asl.json:2:2: warning[ASL204] unreachable-state: state \"B\" can never run\n");
}

TEST_CASE("findings as annotations of GitHub, worst first", "[report]") {
  CheckedFiles two = files("a,b:c.json", "100%");
  two[0].findings.push_back(two[0].findings[0]);
  two[0].findings[1].finding.severity = Severity::Error;
  CHECK(
      format_findings(FindingsFormat::Github, two, {}) ==
      "::error file=a%2Cb%3Ac.json,line=2,col=2,endLine=2,endColumn=5,title=ASL204 unreachable-state::100%25; name it "
      "in a Next\n"
      "::warning file=a%2Cb%3Ac.json,line=2,col=2,endLine=2,endColumn=5,title=ASL204 unreachable-state::100%25; name "
      "it in a Next\n");
}

TEST_CASE("nothing from a file can act on a terminal, a runner or a reader of XML", "[report]") {
  const std::string hostile = "::error ::x\n::set-output name=a::b\r\x1B]52;c;eA==\x07<\"&'>\xE2\x80\xAE|`\xFF";
  for (const FindingsFormat format : kAll) {
    INFO(static_cast<int>(format));
    const std::string text = format_findings(format, files(hostile, hostile), {});
    CHECK(std::none_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
    // Bidirectional controls may stand in JSON, which is for programs; the program escapes them for terminals.
    if (!holds_json(format)) CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    for (std::size_t line = 0; line != std::string::npos;) {
      const std::size_t begin = line == 0 ? 0 : line + 1;
      const std::string_view rest = std::string_view(text).substr(begin);
      if (format == FindingsFormat::Github) {
        CHECK((rest.empty() || rest.starts_with("::warning file=")));
      } else {
        CHECK_FALSE(rest.starts_with("::"));
        CHECK_FALSE(rest.starts_with("##["));
      }
      line = text.find('\n', begin);
    }
    if (format == FindingsFormat::Junit || format == FindingsFormat::Checkstyle) {
      CHECK(text.find("<\"&") == std::string::npos);
    }
  }
}

TEST_CASE("findings as JSON are JSON", "[report]") {
  for (const FindingsFormat format : {FindingsFormat::Json, FindingsFormat::Sarif, FindingsFormat::Gitlab}) {
    CHECK(read_value(format_findings(format, files("a \"b\".json", "x\ty"), {})));
    CHECK(read_value(format_findings(format, {}, {})));
  }
  for (const FindingsFormat format : {FindingsFormat::Jsonl, FindingsFormat::Rdjsonl}) {
    CHECK(read_value(format_findings(format, files("a \"b\".json", "x\ty"), {})));
    CHECK(format_findings(format, {}, {}).empty());
  }
  const std::string sarif = format_findings(FindingsFormat::Sarif, files("a b/ü.json", "x"), {});
  CHECK(sarif.find(R"("uri":"a%20b/%C3%BC.json")") != std::string::npos);
  CHECK(sarif.find(R"("columnKind":"utf16CodeUnits")") != std::string::npos);
  CHECK(format_findings(FindingsFormat::Sarif, files("/a b.json", "x"), {}).find(R"("uri":"file:///a%20b.json")") !=
        std::string::npos);
  // Where a finding is not told: what a baseline knows stands outside of the file.
  CheckedFiles known = files("a.json", "x");
  known[0].suppressed = std::move(known[0].findings);
  known[0].findings.clear();
  known[0].suppressed[0].silenced_by = SilencedBy::Baseline;
  CHECK(format_findings(FindingsFormat::Sarif, known, {}).find(R"("kind":"external")") != std::string::npos);
  // A name that is no UTF-8 is shown, so that the report stays JSON.
  for (const FindingsFormat format : kAll) {
    if (holds_json(format)) CHECK(format_findings(format, files("a\xFF.json", "x"), {}).find('\xFF') == std::string::npos);
  }
  // reviewdog counts bytes.
  CheckedFiles wide;
  Document document = read_json("[\"\xC3\xBC\", \"B\"]");
  Finding finding = a_finding("x");
  finding.span = {7, 10};
  PlacedFinding placed = place(finding, document);
  wide.push_back({"a.json", std::move(document), {placed}, {}});
  CHECK(format_findings(FindingsFormat::Rdjsonl, wide, {}).find(R"("start":{"line":1,"column":8})") != std::string::npos);
}

TEST_CASE("a note is no failure for a reader of JUnit", "[report]") {
  CheckedFiles notes = files("a.json", "x");
  CHECK(format_findings(FindingsFormat::Junit, notes, {}).find("failures=\"1\"") != std::string::npos);
  notes[0].findings[0].finding.severity = Severity::Info;
  const std::string junit = format_findings(FindingsFormat::Junit, notes, {});
  CHECK(junit.find("tests=\"1\" failures=\"0\"") != std::string::npos);
  CHECK(junit.find("<system-out>x</system-out>") != std::string::npos);
}

TEST_CASE("a fingerprint does not change when lines are put in front", "[report]") {
  const auto fingerprint = [](std::string text) {
    Document document = read_json(std::move(text));
    Finding finding = a_finding("x");
    finding.span.begin = static_cast<std::uint32_t>(document.text().find('"'));
    CheckedFiles one;
    PlacedFinding placed = place(finding, document);
    one.push_back({"a.json", std::move(document), {placed}, {}});
    const std::string sarif = format_findings(FindingsFormat::Sarif, one, {});
    const std::size_t at = sarif.find("partialFingerprints");
    return sarif.substr(at, 60);
  };
  CHECK(fingerprint("[\"B\"]") == fingerprint("\n\n\n[\"B\"]"));
}

TEST_CASE("statistics count by rule", "[report]") {
  CHECK(format_statistics(files("a", "x")) == "     1  ASL204  unreachable-state\n");
}

TEST_CASE("each rule has a page and a line", "[report]") {
  CHECK(read_value(rules_json()));
  CHECK(list_rules({}).find("ASL204  error    unreachable-state") != std::string::npos);
}

TEST_CASE("RULES.md is what the rules say", "[report]") {
  std::ifstream in(STEPGLASS_SOURCE_DIR "/analysis/rules/RULES.md");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // To make it: stepglass rules --markdown > analysis/rules/RULES.md
  CHECK(text == rules_markdown());
}
