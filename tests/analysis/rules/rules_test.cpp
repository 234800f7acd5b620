// The registry, and the examples of every rule.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "analysis/rules/framework/lint.h"
#include "analysis/rules/framework/registry.h"
#include "tests/analysis/rules/fixture.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

TEST_CASE("rules stand in the order of their names, with codes of their own", "[rules]") {
  std::set<std::string_view> codes;
  std::string_view last;
  for (const Rule* rule : all_rules()) {
    INFO(rule->name);
    CHECK(last < rule->name);
    last = rule->name;
    CHECK(codes.insert(rule->code).second);
    REQUIRE(rule->code.size() == 6);
    CHECK(rule->code.starts_with("ASL"));
    CHECK((rule->code[3] >= '1' && rule->code[3] <= '5'));
    CHECK_FALSE(rule->summary.empty());
    CHECK_FALSE(rule->why.empty());
    CHECK_FALSE(rule->good.empty());
    CHECK_FALSE(rule->source.empty());
    CHECK(find_rule(rule->name) == rule);
    CHECK(find_rule(rule->code) == rule);
  }
}

TEST_CASE("each rule finds its bad example once and its good one not at all", "[rules]") {
  for (const Rule* rule : all_rules()) {
    DYNAMIC_SECTION(rule->code << " " << rule->name) {
      LintOptions options;
      options.type = rule->type == ExampleType::Express ? MachineType::Express : MachineType::Standard;
      options.select = {"all"};
      if (!rule->bad.empty()) {
        INFO(rule->bad);
        const auto found = lint_lines(std::string(rule->bad), options);
        INFO(joined(found));
        const std::string name = std::string(severity_name(rule->severity)) + " " + std::string(rule->code) + " " +
                                 std::string(rule->name) + ":";
        CHECK(std::count_if(found.begin(), found.end(),
                            [&](const std::string& line) { return line.find(name) != std::string::npos; }) == 1);
        // An example shows one mistake: nothing else in it is worse than worth knowing.
        for (const std::string& line : found) {
          CHECK((line.find(name) != std::string::npos || line.find(" info ") != std::string::npos));
        }
      }
      INFO(rule->good);
      const auto left = lint_lines(std::string(rule->good), options);
      INFO(joined(left));
      CHECK(std::none_of(left.begin(), left.end(),
                         [](const std::string& line) { return line.find(" info ") == std::string::npos; }));
      CHECK(std::none_of(left.begin(), left.end(), [&](const std::string& line) {
        return line.find(std::string(rule->code)) != std::string::npos;
      }));
    }
  }
}

namespace {

/// The texts between quotes in `source` that look like the name of a diagnostic.
std::set<std::string> names_in(const std::string& source) {
  std::set<std::string> names;
  for (std::size_t at = source.find('"'); at != std::string::npos; at = source.find('"', at + 1)) {
    const std::size_t end = source.find('"', at + 1);
    if (end == std::string::npos) break;
    const std::string word = source.substr(at + 1, end - at - 1);
    const bool kebab = word.size() > 3 && word.find('-') != std::string::npos && word.front() != '-' &&
                       word.back() != '-' &&
                       std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    if (kebab) names.insert(word);
  }
  return names;
}

}  // namespace

TEST_CASE("every name that the engine gives a diagnostic has a rule", "[rules]") {
  // Words of the same look that are none: services, parts of names.
  const std::set<std::string> others = {"aws-sdk",        "bedrock-agentcore", "emr-containers",
                                        "emr-serverless", "aws-us-gov",        "aws-cn",
                                        "rule-missing-",  "wait-missing-",     "unknown-transition-"};
  std::size_t known = 0;
  for (const std::string& file : engine_sources()) {
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (const std::string& name : names_in(text)) {
      if (others.count(name)) continue;
      INFO(file << ": " << name);
      CHECK(find_rule(name));
      ++known;
    }
  }
  CHECK(known > 100);
}
