#include <string>

#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("a transform that puts a match into itself ends", "[jsonata]") {
  const auto* const transform =
      GENERATE("{'a': {'b': 1}} ~> |a|{'p': $}|", "{'a': {'b': 1}} ~> |$|{'p': $}|",
               "{'a': {'b': 1}} ~> |a|{'p': $, 'q': [$]}, 'b'|", "{'a': {'b': {'c': 1}}} ~> |**|{'p': **}|");
  DYNAMIC_SECTION(transform) {
    CHECK(evaluated(transform) == "error U1001");
    const Budget budget = default_budget(Dialect::States);
    CHECK(evaluated(transform, "null", Dialect::States, budget).find("Stack overflow error") != std::string::npos);
  }
}

TEST_CASE("a transform gives values as deep as values may be", "[jsonata]") {
  // [[$v]] wraps an array once and a number twice; around $v stand the object and the object in "a".
  const auto gives = [](int levels) {
    return evaluated("($grow := function($n, $v) { $n = 0 ? $v : $grow($n - 1, [[$v]]) }; $v := $grow(" +
                     std::to_string(levels - 1) + ", 1); $type({'a': {'b': 1}} ~> |a|{'p': $v}|))");
  };
  CHECK(gives(997) == "\"object\"");
  CHECK(gives(998) == "\"object\"");
  CHECK(gives(999) == "error U1001");
}

}  // namespace stepglass::jsonata
