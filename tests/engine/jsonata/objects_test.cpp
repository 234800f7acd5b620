#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("the functions on objects give what the reference gives", "[jsonata]") {
  struct Row {
    const char* expression;
    const char* gives;
  };
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {R"($keys({"b":1,"a":2}))", R"(["b","a"])"},
      {R"($keys({"a":1}))", R"("a")"},
      {R"([$keys({"a":1})])", R"(["a"])"},
      {R"($keys({}))", R"(undefined)"},
      {R"($keys([]))", R"(undefined)"},
      {R"($keys("a"))", R"(undefined)"},
      {R"($keys(null))", R"(undefined)"},
      {R"($keys(nothing))", R"(undefined)"},
      {R"($keys([{"b":1,"a":2},{"c":3,"b":4}]))", R"(["b","a","c"])"},
      {R"($keys([{"a":1},5,[{"z":1}]]))", R"(["a","z"])"},
      {R"($keys($sum))", R"(undefined)"},
      {R"(({"a":1,"c":2}).$keys())", R"(["a","c"])"},
      {R"($type($keys({"a":1})))", R"("string")"},
      {R"($lookup({"a":1},"a"))", R"(1)"},
      {R"($lookup({"a":1},"b"))", R"(undefined)"},
      {R"($lookup({"a":null},"a"))", R"(null)"},
      {R"($lookup([{"a":1},{"a":2},{"b":3}],"a"))", R"([1,2])"},
      {R"($lookup([[{"a":1}],{"a":[2,3]}],"a"))", R"([1,2,3])"},
      {R"($lookup("a","a"))", R"(undefined)"},
      {R"($lookup(nothing,"a"))", R"(undefined)"},
      {R"($lookup({"undefined":1},nothing))", R"(1)"},
      {R"($lookup({"a":1},1))", R"(error T0410)"},
      {R"($lookup({"a":[1]},"a"))", R"([1])"},
      {R"(({"a":1}).$lookup("a"))", R"(1)"},
      {R"($lookup({"toString":1},"toString"))", R"(1)"},
      {R"($lookup({},"toString"))", R"(undefined)"},
      {R"($spread({"a":1,"b":2}))", R"([{"a":1},{"b":2}])"},
      {R"($spread({"a":1}))", R"({"a":1})"},
      {R"([$spread({"a":1})])", R"([{"a":1}])"},
      {R"($spread([{"a":1,"b":2},3]))", R"([{"a":1},{"b":2},3])"},
      {R"($spread([[{"a":1}],{"b":2}]))", R"([{"a":1},{"b":2}])"},
      {R"($spread([]))", R"(undefined)"},
      {R"($spread({}))", R"(undefined)"},
      {R"($spread("a"))", R"("a")"},
      {R"($spread(nothing))", R"(undefined)"},
      {R"($spread([{"a":1}]))", R"([{"a":1}])"},
      {R"([$spread([{"a":1}])])", R"([{"a":1}])"},
      {R"($merge([{"a":1},{"b":2}]))", R"({"a":1,"b":2})"},
      {R"($merge([{"a":1,"b":0},{"c":1},{"a":2}]))", R"({"a":2,"b":0,"c":1})"},
      {R"($merge({"a":1}))", R"({"a":1})"},
      {R"($merge([]))", R"({})"},
      {R"($merge([1]))", R"(error T0412)"},
      {R"($merge("a"))", R"(error T0412)"},
      {R"($merge(nothing))", R"(undefined)"},
      {R"($merge([{}]))", R"({})"},
      {R"($merge([{"a":{"b":1}},{"a":{"c":2}}]))", R"({"a":{"c":2}})"},
      {R"($merge([[{"a":1}]]))", R"(error T0412)"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression) == row.gives);
  }
}

}  // namespace stepglass::jsonata
