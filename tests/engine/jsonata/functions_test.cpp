// The table of functions: what its rows say is true.

#include <algorithm>
#include <string>

#include "engine/jsonata/function.h"
#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("each function gives for its example what its row says", "[jsonata]") {
  for (const Function* function : functions()) {
    DYNAMIC_SECTION("$" << function->name << (function->states_only ? " of the States dialect" : "")) {
      const Dialect dialect = function->states_only ? Dialect::States : Dialect::Standard;
      CHECK(std::string(function->example).find("$" + std::string(function->name)) != std::string::npos);
      CHECK(evaluated(function->example, "null", dialect) == (function->gives.empty() ? "undefined" : function->gives));
    }
  }
}

TEST_CASE("functions are found by name and dialect", "[jsonata]") {
  CHECK(find_function("sum", Dialect::Standard));
  CHECK_FALSE(find_function("Sum", Dialect::Standard));
  CHECK_FALSE(find_function("partition", Dialect::Standard));
  CHECK(find_function("partition", Dialect::States));
  CHECK(find_function("eval", Dialect::Standard));
  CHECK_FALSE(find_function("eval", Dialect::States));
  CHECK_FALSE(find_function("random", Dialect::Standard)->states_only);
  CHECK(find_function("random", Dialect::States)->states_only);
}

}  // namespace stepglass::jsonata
