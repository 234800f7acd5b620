#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("the functions on arrays give what the reference gives", "[jsonata]") {
  struct Row {
    const char* expression;
    const char* gives;
  };
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {R"($append([1,2],3))", R"([1,2,3])"},
      {R"($append([1,2],[3,[4]]))", R"([1,2,3,[4]])"},
      {R"($append(1,2))", R"([1,2])"},
      {R"($append(1,[]))", R"([1])"},
      {R"($append([],[]))", R"([])"},
      {R"($append({},[1]))", R"([{},1])"},
      {R"($append(nothing,1))", R"(1)"},
      {R"($append([1],nothing))", R"([1])"},
      {R"($append(nothing,nothing))", R"(undefined)"},
      {R"($append(nothing,[nothing]))", R"([])"},
      {R"($append(1))", R"(error T0410)"},
      {R"($append([1,1][$=1],2))", R"([1,1,2])"},
      {R"($append("ab","c"))", R"(["ab","c"])"},
      {R"($reverse([1,2,3]))", R"([3,2,1])"},
      {R"($reverse([[1],[2]]))", R"([[2],[1]])"},
      {R"($reverse([]))", R"([])"},
      {R"($reverse([1]))", R"([1])"},
      {R"($reverse(5))", R"([5])"},
      {R"($reverse("ab"))", R"(["ab"])"},
      {R"($reverse(nothing))", R"(undefined)"},
      {R"($reverse({"a":1}))", R"([{"a":1}])"},
      {R"($distinct([1,2,1,3,2]))", R"([1,2,3])"},
      {R"($distinct([1,1.0,"1",true,true,null,null]))", R"([1,"1",true,null])"},
      {R"($distinct([{"a":1,"b":2},{"b":2,"a":1},{"a":1}]))", R"([{"a":1,"b":2},{"a":1}])"},
      {R"($distinct([[1],[1],[1,2],[],[],{},{}]))", R"([[1],[1,2],[],{}])"},
      {R"($distinct("a"))", R"("a")"},
      {R"($distinct({"a":1}))", R"({"a":1})"},
      {R"($distinct(nothing))", R"(undefined)"},
      {R"($distinct([]))", R"([])"},
      {R"($distinct([1]))", R"([1])"},
      {R"($distinct([1,1]))", R"([1])"},
      {R"([$distinct([1,1])])", R"([1])"},
      {R"([$distinct([3,1,2,1][$=1])])", R"([1])"},
      {R"($distinct([0,-0]))", R"([0])"},
      {R"($distinct([[{"a":[1,2]}],[{"a":[1,2]}],[{"a":[2,1]}]]))", R"([[{"a":[1,2]}],[{"a":[2,1]}]])"},
      {R"($zip([1,2,3],["a","b"],[true]))", R"([[1,"a",true]])"},
      {R"($zip([1,2],["a","b"]))", R"([[1,"a"],[2,"b"]])"},
      {R"($zip(1,2))", R"([[1,2]])"},
      {R"($zip([1]))", R"([[1]])"},
      {R"($zip([1],nothing))", R"([])"},
      {R"($zip([],[1]))", R"([])"},
      {R"($zip())", R"(error T0410)"},
      {R"($zip([[1],[2]],[3,4]))", R"([[[1],3],[[2],4]])"},
      {R"($sort([10,9,1e3,-1]))", R"([-1,9,10,1000])"},
      {R"($sort(["b","A","a","é","z","😀","\uffff"]))", R"(["A","a","b","z","é","😀","￿"])"},
      {R"($sort("b"))", R"(["b"])"},
      {R"($sort([]))", R"([])"},
      {R"($sort([1]))", R"([1])"},
      {R"($sort(nothing))", R"(undefined)"},
      {R"($sort([1,"a"]))", R"(error D3070)"},
      {R"($sort([true,false]))", R"(error D3070)"},
      {R"($sort([[2],[1]]))", R"(error D3070)"},
      {R"($sort([{"a":1}]))", R"([{"a":1}])"},
      {R"($sort([{"a":1},{"a":0}]))", R"(error D3070)"},
      {R"($sort({"a":1}))", R"([{"a":1}])"},
      {R"($sort([3,1,2],function($l,$r){$l<$r}))", R"([3,2,1])"},
      {R"($sort([5,3,9,1,7,2],function($l,$r){$l%3>$r%3}))", R"([3,9,1,7,5,2])"},
      {R"($sort([3,1,2],function($l,$r){true}))", R"([2,1,3])"},
      {R"($sort([3,1,2],function($l,$r){false}))", R"([3,1,2])"},
      {R"($sort([3,1,2],function($l,$r){nothing}))", R"([3,1,2])"},
      {R"($sort([3,1,2],function($l,$r){[]}))", R"([2,1,3])"},
      {R"($sort([3,1,2],function($l,$r){{}}))", R"([2,1,3])"},
      {R"($sort([3,1,2],function($l,$r){""}))", R"([3,1,2])"},
      {R"($sort([3,1,2],function($l,$r){0}))", R"([3,1,2])"},
      {R"($sort([3,1,2],function($l){$l=3}))", R"([1,2,3])"},
      {R"($sort([{"a":2,"b":1},{"a":1},{"a":2,"b":2}],function($l,$r){$l.a>$r.a}))",
       R"([{"a":1},{"a":2,"b":1},{"a":2,"b":2}])"},
      {R"($sort([2,1],function($l,$r){$error("no")}))", R"(error D3137)"},
      {R"($sort([2,1],5))", R"(error T0410)"},
      {R"($count($shuffle([1,2,3])))", R"(3)"},
      {R"($sort($shuffle([1..20]))=[1..20])", R"(true)"},
      {R"($shuffle([]))", R"([])"},
      {R"($shuffle([1]))", R"([1])"},
      {R"($shuffle("a"))", R"(["a"])"},
      {R"($shuffle(nothing))", R"(undefined)"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression) == row.gives);
  }
}

TEST_CASE("the same seed shuffles the same way", "[jsonata]") {
  CHECK(evaluated("$shuffle([1..8])") == evaluated("$shuffle([1..8])"));
  CHECK(evaluated("$shuffle([1..8]) = [1..8]") == "false");
}

TEST_CASE("distinct and sort take hardly more than linear time, whatever they are given", "[jsonata]") {
  struct Row {
    const char* expression;
    const char* gives;
  };
  const auto row = GENERATE(values<Row>({
      {"$count($distinct([1..100000].($ % 2 = 0 ? $ : 1)))", "50001"},
      {"$count($distinct([1..50000].$string($)))", "50000"},
      {"$count($distinct([1..30000].{'k': $, 'same': 'text'}))", "30000"},
      {"$count($distinct([1..30000].[[$ % 10, 'a']]))", "10"},
      {"$sort([1..100000].(100001 - $))[0]", "1"},
      {"$count($keys([1..20000].{'k' & $: 1}))", "20000"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(milliseconds([&] { CHECK(evaluated(row.expression) == row.gives); }) < 5 * kAtOnceMs);
  }
}

TEST_CASE("a comparator that lies is asked a bounded number of times", "[jsonata]") {
  const char* const expression = "($sort([1..10000], function($l, $r) { $random() > 0.5 }) ~> $sort()) = [1..10000]";
  CHECK(milliseconds([&] { CHECK(evaluated(expression) == "true"); }) < kAtOnceMs);
}

}  // namespace stepglass::jsonata
