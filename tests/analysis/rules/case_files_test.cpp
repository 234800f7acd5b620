// The case files of this folder: each title names a rule, each section has a definition and what the rule finds in it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/analysis/rules/fixture.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

struct Case {
  std::string name;
  std::string text;
  std::size_t lint_begin = 0;  // of the expectation in the file
  std::size_t lint_end = 0;
};

/// The content of the next fence of `kind` at or behind `at`; nothing when there is none before `end`.
bool read_fence(const std::string& file, const std::string& kind, std::size_t at, std::size_t end, std::size_t& begin,
                std::size_t& close) {
  const std::size_t open = file.find("```" + kind + "\n", at);
  if (open >= end) return false;
  begin = open + 4 + kind.size();
  close = file.find("```", begin);
  return close != std::string::npos;
}

std::vector<Case> read_cases(const std::string& file) {
  std::vector<Case> cases;
  for (std::size_t at = file.find("\n## "); at != std::string::npos;) {
    const std::size_t next = file.find("\n## ", at + 1);
    Case c;
    c.name = file.substr(at + 4, file.find('\n', at + 1) - at - 4);
    std::size_t begin = 0, end = 0;
    REQUIRE(read_fence(file, "json", at, next, begin, end));
    c.text = file.substr(begin, end - begin);
    REQUIRE(read_fence(file, "lint", end, next, c.lint_begin, c.lint_end));
    cases.push_back(c);
    at = next;
  }
  return cases;
}

}  // namespace

TEST_CASE("case files of rules", "[rules]") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(STEPGLASS_SOURCE_DIR "/tests/analysis/rules")) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 5);
  for (const auto& path : files) {
    std::ifstream in(path);
    std::string file((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::string title = file.substr(2, file.find('\n') - 2);
    INFO(path.string());
    const Rule* rule = find_rule(title);
    REQUIRE(rule);
    const auto cases = read_cases(file);
    REQUIRE_FALSE(cases.empty());
    for (std::size_t i = cases.size(); i-- > 0;) {  // from the end, so that places in front stay
      const Case& c = cases[i];
      INFO(c.name);
      LintOptions options;
      options.type = rule->type == ExampleType::Express ? MachineType::Express : MachineType::Standard;
      options.select = {title};
      const std::string found = joined(lint_lines(c.text, options));
      const char* update = std::getenv("STEPGLASS_UPDATE_CASES");
      if (update && *update) {
        file.replace(c.lint_begin, c.lint_end - c.lint_begin, found);
      } else {
        CHECK(found == file.substr(c.lint_begin, c.lint_end - c.lint_begin));
      }
    }
    if (const char* update = std::getenv("STEPGLASS_UPDATE_CASES"); update && *update) std::ofstream(path) << file;
  }
}
