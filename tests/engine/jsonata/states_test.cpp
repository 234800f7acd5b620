#include "tests/engine/jsonata/fixture.h"

using namespace stepglass;
using namespace stepglass::jsonata;

namespace {

struct Row {
  const char* expression;
  const char* gives;
};

std::string in_states(std::string_view expression) {
  return evaluated(expression, "null", Dialect::States);
}

}  // namespace

TEST_CASE("Step Functions' own functions give what the service gives", "[jsonata]") {
  const auto row = GENERATE(values<Row>({
      {"$partition([1, 2, 3, 4, 5], 2)", "[[1,2],[3,4],[5]]"},
      {"$partition([1, 2, 3, 4], 2.9)", "[[1,2],[3,4]]"},
      {"$partition([0], 2)", "[[0]]"},  // recorded
      {"$partition([], 2)", "[]"},
      {"$partition([1, 2], 1e300)", "[[1,2]]"},
      {"$range(0, 10, 3)", "[0,3,6,9]"},
      {"$range(1, 9, 9)", "1"},  // recorded
      {"$range(5, 1, -2)", "[5,3,1]"},
      {"$range(0, 1, 0.5)", "error the delta of $range must not be 0"},
      {"$range(1.9, 3.9, 1.9)", "[1,2,3]"},
      {"$range(3, 1, 1)", "undefined"},
      {"$hash('input data', 'SHA-1')", R"("aaff4a450a104cd177d28d18d74485e8cae074b7")"},
      {"$hash('', 'MD5')", R"("d41d8cd98f00b204e9800998ecf8427e")"},
      {"$hash('a', 'sha-1')",
       "error $hash does not know the algorithm \"sha-1\": use one of MD5, SHA-1, SHA-256, SHA-384, SHA-512"},
      {"$random(42)", "0.7275636800328681"},  // measured
      {"$random(42.9) = $random(42)", "true"},
      {"$random() < 1", "true"},
      {"$random() = $random()", "false"},
      {"$length($uuid())", "36"},
      {"$uuid() = $uuid()", "false"},
      {"$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)", "true"},
      {R"($parse('{"a": [1, 2.5, null]}'))", R"({"a":[1,2.5,null]})"},
      {"$parse('\"text\"')", R"("text")"},
      {"$partition([1], 0)", "error the size of the parts of $partition must be at least 1"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(in_states(row.expression) == row.gives);
  }
}

TEST_CASE("what is no JSON cannot be parsed", "[jsonata]") {
  CHECK(in_states("$parse('{')").starts_with("error $parse was given a text that is no JSON: "));
  CHECK(in_states("$parse('')").starts_with("error $parse was given a text that is no JSON: "));
}

TEST_CASE("Step Functions' own functions are known there only", "[jsonata]") {
  const auto expression =
      GENERATE("$partition([1], 1)", "$range(1, 2, 1)", "$hash('a', 'MD5')", "$uuid()", "$parse('1')", "$random(1)");
  DYNAMIC_SECTION(expression) {
    CHECK(evaluated(expression).starts_with("error T"));
  }
}

TEST_CASE("ranges and partitions end with the budget, at once", "[jsonata]") {
  const auto expression =
      GENERATE("$range(0, 1e300, 1)", "$range(0, -1e15, -1)", "$range(1e300, 1e301, 1)",
               "$reduce($range(1, 100, 1), function($a) { $partition($a, 1) }, [1, 2, 3])",
               "$reduce($range(1, 60, 1), function($s) { $hash($s & $s & $s, 'MD5') & $s & $s }, 'x')");
  DYNAMIC_SECTION(expression) {
    std::string result;
    CHECK(milliseconds([&] { result = in_states(expression); }) < kAtOnceMs);
    CHECK((result.starts_with("error ") || result.starts_with("[")));
  }
}
