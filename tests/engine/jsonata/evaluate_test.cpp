// The language: operators, paths, variables, functions. Rows are expression, input, what it gives.

#include <string>

#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {
namespace {

struct Row {
  std::string expression;
  std::string input;
  std::string gives;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.expression << " of " << row.input);
    CHECK(evaluated(row.expression, row.input) == row.gives);
  }
}

constexpr const char* kOrder =
    R"({"id": 7, "lines": [{"sku": "tea", "qty": 2, "price": 3}, {"sku": "cup", "qty": 1, "price": 4.5}],
        "tags": ["a", "b"], "empty": [], "one": [1], "nested": [[1, 2], [3]], "no": null})";

}  // namespace

TEST_CASE("paths flatten, and a sequence of one is its item", "[jsonata]") {
  check({
      {"id", kOrder, "7"},
      {"missing.deeper", kOrder, "undefined"},
      {"lines.sku", kOrder, R"(["tea","cup"])"},
      {"lines[0].sku", kOrder, R"("tea")"},
      {"lines[-1].sku", kOrder, R"("cup")"},
      {"lines[qty > 1].sku", kOrder, R"("tea")"},
      {"lines[qty > 1].sku[]", kOrder, R"(["tea"])"},
      {"lines[[0, 1]].qty", kOrder, "[2,1]"},
      {"one", kOrder, "[1]"},
      {"nested", kOrder, "[[1,2],[3]]"},
      {"nested[0]", kOrder, "[1,2]"},
      {"empty", kOrder, "[]"},
      {"no", kOrder, "null"},
      {"lines.(qty * price)", kOrder, "[6,4.5]"},
      {"$sum(lines.(qty * price))", kOrder, "10.5"},
      {"lines.{sku: qty}", kOrder, R"([{"tea":2},{"cup":1}])"},
      {"lines{sku: qty}", kOrder, R"({"tea":2,"cup":1})"},
      {"lines^(>price).sku", kOrder, R"(["cup","tea"])"},
      {"lines^(qty, sku).sku", kOrder, R"(["cup","tea"])"},
      {"*.sku", kOrder, R"(["tea","cup"])"},
      {"**.qty", kOrder, "[2,1]"},
      {"lines.sku.%.qty", kOrder, "[2,1]"},
      {"lines.{\"s\": sku, \"order\": %.id}", kOrder, R"([{"s":"tea","order":7},{"s":"cup","order":7}])"},
      {"lines#$i.{\"n\": $i, \"s\": sku}", kOrder, R"([{"n":0,"s":"tea"},{"n":1,"s":"cup"}])"},
      {"lines@$l.$$.id.{\"id\": $, \"s\": $l.sku}", kOrder, R"([{"id":7,"s":"tea"},{"id":7,"s":"cup"}])"},
      {"$", "[1, 2]", "[1,2]"},
      {"$[0]", "[1, 2]", "1"},
      {"`no`", kOrder, "null"},
      // A predicate of nothing is asked once: its errors come.
      {"missing[1 = 2]", kOrder, "undefined"},
      {"missing[1 + 'x' = 2]", kOrder, "error T2002"},
      {"lines.(missing[true])", kOrder, "undefined"},
  });
}

TEST_CASE("an error that is about a function outlives the evaluation", "[jsonata]") {
  check({
      {"($y := 1; function($x) { $y } + 1)", "null", "error T2001"},
      {"($y := 2; (|a|{'b': $y}|) + 1)", "null", "error T2001"},
      {"($y := 3; [function() { $y }] + 1)", "null", "error T2001"},
      {"($y := 4; $sum([1, function() { $y }]))", "null", "error T0412"},
  });
}

TEST_CASE("operators check the types of their operands", "[jsonata]") {
  check({
      {"1 + 2 * 3 - 4 / 2", "null", "5"},
      {"7 % 3", "null", "1"},
      {"-(2)", "null", "-2"},
      {"0.1 + 0.2", "null", "0.30000000000000004"},
      {"1 + missing", "{}", "undefined"},
      {"1 + 'x'", "null", "error T2002"},
      {"'x' - 1", "null", "error T2001"},
      {"1 < 2 and 'a' < 'b'", "null", "true"},
      {"1 < 'b'", "null", "error T2009"},
      {"true < 1", "null", "error T2010"},
      {"1 = 1.0 and [1, {\"a\": 2}] = [1, {\"a\": 2}]", "null", "true"},
      {"missing = missing", "{}", "false"},
      {"2 in [1, 2]", "null", "true"},
      {"'a' & 1 & null & [2] & missing", "{}", R"("a1null[2]")"},
      {"[1..3, 7]", "null", "[1,2,3,7]"},
      {"[3..1]", "null", "[]"},
      {"[1.5..2]", "null", "error T2003"},
      {"true ? 1 : 2", "null", "1"},
      {"false ? 1", "null", "undefined"},
      {"0 ?: 5", "null", "5"},
      {"0 ?? 5", "null", "0"},
      {"missing ?? 5", "{}", "5"},
      {"10e300 * 10e100 + 1", "null", "error D1001"},
      {"{1: 2}", "null", "error T1003"},
      {"{'a': 1, 'a': 2}", "null", "error D1009"},
  });
}

TEST_CASE("variables live in the block, the function or the expression that binds them", "[jsonata]") {
  check({
      {"($x := 1; $y := $x + 1; [$x, $y])", "null", "[1,2]"},
      {"($x := 1; ($x := 2); $x)", "null", "1"},
      {"($x := 1; $f := function() { $x }; $x := 2; $f())", "null", "2"},
      {"($f := function() { $later }; $later := 5; $f())", "null", "5"},
      {"[1..3].($v := $; function() { $v }) ~> $map(function($f) { $f() })", "null", "[1,2,3]"},
      {"($sum := 5; $sum)", "null", "5"},
      {"$missing", "null", "undefined"},
      {"(false ? $x := 1; $x)", "null", "undefined"},
  });
}

TEST_CASE("functions are values: closures, partial application, chaining, signatures", "[jsonata]") {
  check({
      {"function($x) { $x * 2 }(4)", "null", "8"},
      {"($add := function($a, $b) { $a + $b }; $add(?, 10)(5))", "null", "15"},
      {"[3, 1, 2] ~> $sort() ~> $reverse()", "null", "[3,2,1]"},
      {"($twice := $uppercase ~> $length; $twice('abc'))", "null", "3"},
      {"$map([1, 2], $string)", "null", R"(["1","2"])"},
      {"function($n)<n:n> { $n }('x')", "null", "error T0410"},
      {"$substringBefore('a-b', '-')", "null", R"("a")"},
      {"$nothing(1)", "null", "error T1006"},
      {"uppercase('a')", "{}", "error T1005"},
      {"$eval('1 + 1')", "null", "2"},
      {"$eval('1 +')", "null", "error D3120"},
      {"$sum", "null", "function"},
      {"{'f': $sum}", "null", "function"},
  });
}

TEST_CASE("a transform changes a copy", "[jsonata]") {
  check({
      {"$ ~> |lines|{\"price\": price * 2}, 'qty'|", kOrder,
       R"({"id":7,"lines":[{"sku":"tea","price":6},{"sku":"cup","price":9}],"tags":["a","b"],"empty":[],"one":[1],)"
       R"("nested":[[1,2],[3]],"no":null})"},
      {"[$ ~> |$|{\"id\": 8}|, $].id", R"({"id": 7})", "[8,7]"},
      {"$ ~> |$|5|", "{}", "error T2011"},
      {"$ ~> |$|{}, 5|", "{}", "error T2012"},
      // The same object twice in one value: each is changed by its own place.
      {"($o := {'n': 1}; {'a': $o, 'b': $o} ~> |a|{'n': 2}|)", "null", R"({"a":{"n":2},"b":{"n":1}})"},
  });
}

TEST_CASE("what does not parse is told with its place", "[jsonata]") {
  const auto fault = [](std::string_view text) {
    const auto compiled = Expression::compile(text);
    REQUIRE_FALSE(compiled);
    return compiled.error().code + " " + std::to_string(compiled.error().position) + " " + compiled.error().message;
  };
  CHECK(fault("1 +") == "S0207 3 Unexpected end of expression");
  CHECK(fault("[1, 2") == "S0203 5 Expected \"]\" before end of expression");
  CHECK(fault("(1]") == "S0202 3 Expected \")\", got \"]\"");
  CHECK(fault("'abc") == "S0101 4 String literal must be terminated by a matching quote");
  // Places are UTF-16 units: the smiling face counts two.
  CHECK(fault("'\xF0\x9F\x98\x80' + )") == "S0211 8 The symbol \")\" cannot be used as a unary operator");
}

TEST_CASE("the States dialect has no document, and says what it reads", "[jsonata]") {
  const auto told = [](std::string_view text) {
    const auto compiled = Expression::compile(text, Dialect::States);
    return compiled ? std::string("fine") : compiled.error().code + ": " + compiled.error().message;
  };
  CHECK(told("phone") == "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported.");
  CHECK(told("$$.a").starts_with("UNSUPPORTED_JSONATA_EXPRESSION"));
  CHECK(told("$states.input.lines[qty > 1].sku") == "fine");
  CHECK(told("$map([1], function($v) { $v })") == "fine");
  CHECK(evaluated("$eval('1')", "null", Dialect::States) == "error T1006");

  const auto expression = Expression::compile("$states.input.a + $x + $sum([$y, $x])", Dialect::States);
  REQUIRE(expression);
  CHECK(expression->free_variables() == std::vector<std::string>{"states", "x", "y"});
  CHECK(expression->states_use().input);
  CHECK_FALSE(expression->states_use().result);
  CHECK_FALSE(expression->states_use().whole);
  CHECK(Expression::compile("$states", Dialect::States)->states_use().whole);
}

}  // namespace stepglass::jsonata
