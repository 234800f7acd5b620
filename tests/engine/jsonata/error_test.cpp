#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("a limit reached inside a function keeps its sentence", "[jsonata]") {
  const auto expression = Expression::compile("($f := function($n) { 1 + $f($n) }; $f(0))");
  REQUIRE(expression);
  TestEnvironment environment;
  Budget budget;
  const auto result = expression->evaluate(nullptr, environment, budget);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == "U1001");
  CHECK(result.error().message.starts_with("Stack overflow error: "));
}

}  // namespace stepglass::jsonata
