#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("the functions on the numbers of an array give what the reference gives", "[jsonata]") {
  struct Row {
    const char* expression;
    const char* gives;
  };
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {R"($sum([1,2,3]))", R"(6)"},
      {R"($sum(5))", R"(5)"},
      {R"($sum([]))", R"(0)"},
      {R"($sum(nothing))", R"(undefined)"},
      {R"($sum([nothing]))", R"(0)"},
      {R"($sum([0.1,0.2,0.3]))", R"(0.6000000000000001)"},
      {R"($sum([1e308,1e308]))", R"(null)"},
      {R"($sum([1e308,1e308])+1)", R"(error D1001)"},
      {R"($sum(["1"]))", R"(error T0412)"},
      {R"($sum([1,null]))", R"(error T0412)"},
      {R"($sum([[1]]))", R"(error T0412)"},
      {R"($sum({"a":1}))", R"(error T0412)"},
      {R"($sum())", R"(error T0410)"},
      {R"($sum([1],[2]))", R"(error T0410)"},
      {R"($sum([9007199254740993,1]))", R"(9007199254740992)"},
      {R"(([1,2]).$sum())", R"(error T0410)"},
      {R"([1,2] ~> $sum)", R"(3)"},
      {R"($count([1,2,3]))", R"(3)"},
      {R"($count(5))", R"(1)"},
      {R"($count([]))", R"(0)"},
      {R"($count(nothing))", R"(0)"},
      {R"($count(null))", R"(1)"},
      {R"($count({}))", R"(1)"},
      {R"($count([null,nothing]))", R"(1)"},
      {R"($count([[1,2],[3]]))", R"(2)"},
      {R"($count([1,2][$>1]))", R"(1)"},
      {R"($count())", R"(error T0410)"},
      {R"($count([1..100000]))", R"(100000)"},
      {R"($max([1,5,-2]))", R"(5)"},
      {R"($max([]))", R"(undefined)"},
      {R"($max(7))", R"(7)"},
      {R"($max(nothing))", R"(undefined)"},
      {R"($max(["a"]))", R"(error T0412)"},
      {R"($max([[3]]))", R"(error T0412)"},
      {R"($max([1e308,1e308]))", R"(1e+308)"},
      {R"($min([4,1.5,2]))", R"(1.5)"},
      {R"($min([]))", R"(undefined)"},
      {R"($min(-7))", R"(-7)"},
      {R"($min(nothing))", R"(undefined)"},
      {R"($min([true]))", R"(error T0412)"},
      {R"($average([1,2,6]))", R"(3)"},
      {R"($average([0.1,0.2]))", R"(0.15000000000000002)"},
      {R"($average([]))", R"(undefined)"},
      {R"($average(4))", R"(4)"},
      {R"($average(nothing))", R"(undefined)"},
      {R"($average(["a"]))", R"(error T0412)"},
      {R"($average([1e308,1e308]))", R"(null)"},
      {R"($type($sum([1e308,1e308])))", R"(error D1001)"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression) == row.gives);
  }
}

}  // namespace stepglass::jsonata
