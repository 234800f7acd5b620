// Text that means to cost time or memory: each ends in a diagnostic, and twice the text takes about twice the time.

#include <fmt/format.h>

#include <ctime>
#include <functional>
#include <string>

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  text.reserve(part.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

bool finds(const Document& document, std::string_view name) {
  for (const Diagnostic& d : document.diagnostics()) {
    if (d.name == name) return true;
  }
  return false;
}

double seconds(const std::string& text) {
  // Of the processor: what else the machine does is of no interest.
  const std::clock_t start = std::clock();
  const Document document = read_yaml(text);
  return static_cast<double>(std::clock() - start + 1);
}

std::string nested(std::size_t depth) {
  return repeated("[", depth) + repeated("]", depth);
}

std::size_t count(const Node& node) {
  std::size_t total = 1;
  for (auto child = node.first_child(); child; child = child->next_sibling()) total += count(*child);
  return total;
}

}  // namespace

TEST_CASE("YAML is read down to its greatest depth", "[yaml][hostile]") {
  CHECK(read_yaml(nested(kMaxYamlDepth - 1)).diagnostics().empty());
  CHECK(read_yaml(nested(kMaxYamlDepth)).diagnostics().empty());
  CHECK(finds(read_yaml(nested(kMaxYamlDepth + 1)), "nesting-too-deep"));
}

TEST_CASE("a million brackets, dashes or keys end soon", "[yaml][hostile]") {
  const std::string_view part = GENERATE("[", "{", "- ", "{a: ", "[[],", "? ", "{? ", "a:\n ", "&a [", "!b [");
  DYNAMIC_SECTION(part) {
    const Document document = read_yaml(repeated(part, 1'000'000));
    bool error = false;
    for (const Diagnostic& d : document.diagnostics()) error |= d.severity == Severity::Error;
    CHECK(error);
  }
}

TEST_CASE("aliases stand for so many nodes and no more", "[yaml][hostile]") {
  // a: 10 items, b: 10 times a, …: 10^9 items.
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += fmt::format("{0}: &{0} [*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1}]\n", c, static_cast<char>(c - 1));
  }
  const Document document = read_yaml(bomb);
  CHECK(finds(document, "yaml-alias"));
  CHECK(count(*document.root()) <= kMaxYamlAliasNodes + 1'000);

  // One list of n items used once costs n + 1.
  const auto once = [](std::size_t items) { return fmt::format("a: &a [{}]\nb: *a\n", repeated("x,", items)); };
  CHECK_FALSE(finds(read_yaml(once(kMaxYamlAliasNodes - 1)), "yaml-alias"));
  CHECK(finds(read_yaml(once(kMaxYamlAliasNodes)), "yaml-alias"));
}

TEST_CASE("aliases cannot nest deeper than text can", "[yaml][hostile]") {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 200; ++i) text += fmt::format("a{0}: &a{0} [*a{1}]\n", i, i - 1);
  const Document document = read_yaml(text);
  CHECK(finds(document, "yaml-alias"));
  document.root()->value();
}

TEST_CASE("many merge keys cost no more than their members", "[yaml][hostile]") {
  std::string text = "a: &a {x: 1}\n";
  for (int i = 0; i < 2'000; ++i) text += fmt::format("k{}: {{<<: [*a, *a, *a], y: 1}}\n", i);
  const Document document = read_yaml(text);
  CHECK(document.diagnostics().empty());
  CHECK(document.root()->children().back().size() == 2);
}

TEST_CASE("twice the YAML takes about twice the time", "[yaml][hostile]") {
  struct Family {
    std::string_view name;
    std::function<std::string(std::size_t)> text;
  };
  const Family families[] = {
      {"mappings", [](std::size_t n) { return repeated("- {a: b, c: [1, 2]}\n", n); }},
      {"flow in one line", [](std::size_t n) { return "[" + repeated("{a: b},", n) + "]"; }},
      {"nested flow",
       [](std::size_t n) { return repeated("- " + repeated("[", 90) + repeated("]", 90) + "\n", n / 40); }},
      {"anchors",
       [](std::size_t n) {
         std::string text;
         for (std::size_t i = 0; i < n; ++i) text += fmt::format("- &a{} x\n", i);
         return text;
       }},
      {"same keys", [](std::size_t n) { return repeated("a: 1\n", n); }},
      {"control characters", [](std::size_t n) { return repeated("- \x01\xFF\n", n); }},
      {"placeholders", [](std::size_t n) { return repeated("- {{ x }}\n", n) + "@"; }},
      {"open placeholders", [](std::size_t n) { return repeated("- '${'\n", n) + "@"; }},
      {"comments", [](std::size_t n) { return repeated("# x\n", n) + "a: 1"; }},
      {"long plain text", [](std::size_t n) { return "a: " + repeated("word\n  ", n); }},
      {"folded block", [](std::size_t n) { return "a: >\n" + repeated("  word\n\n", n); }},
      {"tags", [](std::size_t n) { return repeated("- !Ref a\n", n); }},
      {"unknown tags", [](std::size_t n) { return repeated("- !x a\n", n); }},
      {"not ASCII", [](std::size_t n) { return repeated("- \xC3\xA9\n", n); }},
  };
  for (const Family& family : families) {
    DYNAMIC_SECTION(family.name) {
      // The least of some runs; a machine with other work to do is no reason to fail.
      double ratio = 100;
      for (int attempt = 0; attempt < 6 && ratio > 3.2; ++attempt) {
        const double once = seconds(family.text(20'000));
        const double twice = seconds(family.text(40'000));
        ratio = std::min(ratio, twice / once);
      }
      CHECK(ratio <= 3.2);
    }
  }
}

TEST_CASE("many %TAG lines are not read", "[yaml][hostile]") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += fmt::format("%TAG !a{}! b\n", i);
  CHECK(finds(read_yaml(text + "--- x\n"), "yaml-syntax"));
}

TEST_CASE("a place in a long string is found in linear time", "[yaml][hostile]") {
  const Document document = read_yaml("a: |\n" + repeated("  {\"a\": 1}\n\n", 200'000));
  const Node node = *document.root()->first_child();
  const std::size_t at = node.text().size() - 10;
  CHECK(node.text_span(at, at + 1).begin > at);
}

}  // namespace stepglass
