// Hostile texts: what lint says of each stands in tests/analysis/hostile/fixtures.tsv. STEPGLASS_UPDATE_CASES=1 writes
// it anew.

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "analysis/api/lint.h"
#include "engine/document/document.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

constexpr const char* kFixtures = STEPGLASS_SOURCE_DIR "/tests/analysis/hostile/fixtures.tsv";
constexpr std::size_t kShown = 3;

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  return columns;
}

/// The text that a JSON string is, or an array of strings and of [string, times].
std::string text_of(const Value& value) {
  if (value.is_string()) return std::string(value.as_string());
  std::string text;
  for (const Value& piece : value.items()) {
    if (piece.is_string()) {
      text += piece.as_string();
      continue;
    }
    for (std::int64_t i = 0; i < piece.items()[1].as_integer(); ++i) text += piece.items()[0].as_string();
  }
  return text;
}

std::string found_in(const std::string& file, const std::string& text) {
  const CheckedFile checked = lint_text(text, file, {});
  std::string found;
  std::size_t count = 0;
  for (const PlacedFinding& placed : checked.findings) {
    // Wherever it is, it is inside of the text, and nothing that a terminal would act on is in the words.
    REQUIRE(placed.finding.span.begin <= placed.finding.span.end);
    REQUIRE(placed.finding.span.end <= text.size());
    for (const std::string* words : {&placed.finding.message, &placed.finding.help}) {
      for (const char c : *words) REQUIRE(static_cast<unsigned char>(c) >= 0x20);
    }
    if (++count > kShown) continue;
    found += fmt::format("{}{}:{} {}", found.empty() ? "" : "; ", placed.start.line, placed.start.column,
                         placed.finding.name);
  }
  if (count > kShown) found += fmt::format("; {} in all", count);
  return found.empty() ? "nothing" : found;
}

}  // namespace

TEST_CASE("every hostile text gets a finding with its place, or none", "[lint]") {
  std::ifstream in(kFixtures);
  const char* update = std::getenv("STEPGLASS_UPDATE_CASES");
  std::string written;
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) {
      written += line + '\n';
      continue;
    }
    const auto columns = columns_of(line);
    REQUIRE(columns.size() == 4);
    INFO(columns[0]);
    const auto text = read_value(columns[2]);
    REQUIRE(text);
    const std::string found = found_in(columns[1], text_of(*text));
    written += fmt::format("{}\t{}\t{}\t{}\n", columns[0], columns[1], columns[2], found);
    if (!update || !*update) CHECK(found == columns[3]);
    ++count;
  }
  CHECK(count >= 300);
  if (update && *update) std::ofstream(kFixtures) << written;
}
