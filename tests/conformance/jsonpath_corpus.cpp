// Compares engine/path with answers measured from Jayway JsonPath itself. The corpus is not part of the project: its
// folder stands in the environment variable STEPGLASS_SHARED; without it there is nothing to do.

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/path/path.h"
#include "engine/path/query.h"
#include "engine/value/print.h"
#include "engine/support/limits.h"
#include "tests/support/catch.h"
#include "tests/support/json_value.h"

namespace stepglass {
namespace {

using Json = nlohmann::ordered_json;

struct Answer {
  std::string outcome;  // "result", "compiles" or the kind of error
  std::string detail;   // the result as JSON, or the message
};

Answer answer(const std::string& selector, const Value* document) {
  const auto path = path::Path::parse(selector);
  if (!path) {
    const path::SyntaxError& error = path.error();
    return {"invalid path", error.jayway_message.empty() ? error.message : error.jayway_message};
  }
  if (!document) return {"compiles", ""};
  const auto value = path->evaluate(*document);
  if (value) return {"result", to_json(*value)};
  const bool missing = value.error().kind == path::EvaluationError::Kind::NotFound;
  return {missing ? "path not found" : "evaluation error", value.error().message};
}

}  // namespace

TEST_CASE("paths give what Jayway gave", "[conformance]") {
  const char* shared = std::getenv("STEPGLASS_SHARED");
  if (!shared) {
    WARN("STEPGLASS_SHARED is not set: nothing compared");
    return;
  }
  std::ifstream file(std::string(shared) + "/corpus/jsonpath/jayway-measured.json");
  REQUIRE(file);
  const Json corpus = Json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  std::map<std::string, Value> documents;
  for (const auto& [name, document] : corpus["documents"].items()) documents.emplace(name, to_value(document));

  std::size_t count = 0, wrong = 0, other_words = 0;
  for (const Json& c : corpus["cases"]) {
    ++count;
    const auto selector = c["selector"].get<std::string>();
    const Value* document = c.contains("document") ? &documents.at(c["document"].get<std::string>()) : nullptr;
    const Json& expected = c["expected"];
    const Answer given = answer(selector, document);
    Answer wanted;
    if (expected.contains("error")) {
      wanted = {expected["error"].get<std::string>(), expected.value("message", "")};
    } else if (expected.contains("result")) {
      wanted = {"result", to_json(to_value(expected["result"]))};
    } else {
      wanted = {"compiles", ""};
    }
    bool same = given.outcome == wanted.outcome;
    if (same && given.outcome == "result") same = given.detail == wanted.detail;
    if (c.contains("normalised")) {
      const auto path = path::Path::parse(selector);
      if (path && (path->normalised() != c["normalised"].get<std::string>() ||
                   path->gives_matches() == c["definite"].get<bool>())) {
        fmt::print("normalised {}: {} instead of {}\n", selector, path->normalised(),
                   c["normalised"].get<std::string>());
        ++other_words;
      }
    }
    if (!same) {
      ++wrong;
      fmt::print("{} {}\n  wanted {} {}\n  given  {} {}\n", c["id"].get<std::string>(), selector, wanted.outcome,
                 wanted.detail, given.outcome, given.detail);
    } else if (given.detail != wanted.detail) {
      ++other_words;
      fmt::print("words {}\n  wanted {}\n  given  {}\n", selector, wanted.detail, given.detail);
    }
  }
  fmt::print("jsonpath corpus: {} cases, {} wrong, {} in other words\n", count, wrong, other_words);
  CHECK(wrong * 100 <= count * 3);
}

TEST_CASE("paths select what the service was recorded to select", "[conformance]") {
  const char* shared = std::getenv("STEPGLASS_SHARED");
  if (!shared) return;
  std::ifstream file(std::string(shared) + "/corpus/jsonpath/aws-paths.json");
  REQUIRE(file);
  const Json corpus = Json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  struct Nothing : path::Surroundings {
    const Value& context() override { return value; }
    const Value* variable(std::string_view) override { return nullptr; }
    std::uint64_t& steps_left() override { return steps = kMaxRunSteps; }
    std::uint64_t steps = 0;
    Value value;
  } nothing;
  std::size_t count = 0;
  const auto select = [&](const Json& c, const std::string& text) {
    ++count;
    const auto query = path::Query::parse(text);
    if (!query) return "invalid path: " + query.error().message;
    const auto value = query->evaluate(to_value(c["input"]), nothing);
    return value ? to_json(*value) : value.error().message;
  };
  for (const Json& c : corpus["cases"]) {
    INFO(c["id"].get<std::string>());
    for (const auto& [name, field] : c["fields"].items()) {
      if (field.is_string()) {
        const std::string given = select(c, field.get<std::string>());
        if (c["expected"].contains("cause")) {
          CHECK_THAT(c["expected"]["cause"].get<std::string>(), Catch::EndsWith(given));
        } else {
          CHECK(given == to_json(to_value(c["expected"]["output"])));
        }
        continue;
      }
      for (const auto& [key, value] : field.items()) {
        if (!key.ends_with(".$")) continue;
        const Json& expected = c["expected"]["output"][key.substr(0, key.size() - 2)];
        CHECK(select(c, value.get<std::string>()) == to_json(to_value(expected)));
      }
    }
  }
  CHECK(count > 0);
}

}  // namespace stepglass
