#include "tests/engine/jsonata/fixture.h"

using namespace stepglass;
using namespace stepglass::jsonata;

namespace {

struct Row {
  const char* expression;
  const char* gives;
};

}  // namespace

TEST_CASE("functions on texts give what the reference gives", "[jsonata]") {
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {"$string(5)", R"("5")"},
      {"$string('a\"b')", R"("a\"b")"},
      {"$string(null)", R"("null")"},
      {"$string(true)", R"("true")"},
      {"$string(1e21)", R"("1e+21")"},
      {"$string(1e20)", R"("100000000000000000000")"},
      {"$string(0.1 + 0.2)", R"("0.3")"},
      {"$string(22/7)", R"("3.14285714285714")"},
      {"$string(1e-7)", R"("1e-7")"},
      {"$string(123456789012344.5)", R"("123456789012345")"},
      {"$string(123456789012345.5)", R"("123456789012346")"},
      {"$string([1, 'a', {'b': [null]}])", R"("[1,\"a\",{\"b\":[null]}]")"},
      {"$string({'a': 1, 'b': [1, 2], 'c': []}, true)",
       R"("{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": []\n}")"},
      {"$string($sum)", R"("")"},
      {"$string(function($x){$x})", R"("")"},
      {"$string({'f': $sum})", R"("{\"f\":\"\"}")"},
      {R"($string(["\u0001\u001f\u007f\u2028é😀"]))", "\"[\\\"\\\\u0001\\\\u001f\x7F\u2028é😀\\\"]\""},
      {"$string(nothing)", "undefined"},
      {"$substring('Hello World', 3)", R"("lo World")"},
      {"$substring('Hello World', 3, 5)", R"("lo Wo")"},
      {"$substring('Hello World', -4)", R"("orld")"},
      {"$substring('Hello World', -4, 2)", R"("or")"},
      {"$substring('Hello World', -40, 2)", R"("He")"},
      {"$substring('Hello World', 3, -2)", R"("")"},
      {"$substring('Hello World', 30)", R"("")"},
      {"$substring('Hello World', 1.9, 1.2)", R"("el")"},
      {"$substring('a😀b😀c', 1, 3)", R"("😀b😀")"},
      {"$substring('a😀b😀c', -2)", R"("😀c")"},
      {"$substring(nothing, 1)", "undefined"},
      {"$substringBefore('a=b=c', '=')", R"("a")"},
      {"$substringBefore('abc', '=')", R"("abc")"},
      {"$substringBefore('abc', '')", R"("")"},
      {"$substringAfter('a=b=c', '=')", R"("b=c")"},
      {"$substringAfter('abc', '=')", R"("abc")"},
      {"$substringAfter('abc', '')", R"("abc")"},
      {"$lowercase('ÀÉΣ HΣ')", R"("àéς hς")"},
      {"$uppercase('straße ﬁ')", R"("STRASSE FI")"},
      {"$lowercase(nothing)", "undefined"},
      {"$length('')", "0"},
      {"$length('a😀é')", "3"},
      {"$length(nothing)", "undefined"},
      {R"($trim(" \t\n a  \r\n b\u00a0 "))", "\"a b\u00A0\""},
      {"$trim('')", R"("")"},
      {"$trim('   ')", R"("")"},
      {"$pad('foo', 5)", R"("foo  ")"},
      {"$pad('foo', -5)", R"("  foo")"},
      {"$pad('foo', -5, '#')", R"("##foo")"},
      {"$pad('foo', 8, '-+')", R"("foo-+-+-")"},
      {"$pad('foo', -8, '-+')", R"("-+-+-foo")"},
      {"$pad('foo', 5, '😀x')", R"("foo😀x")"},
      {"$pad('😀', 3, '😀')", R"("😀😀😀")"},
      {"$pad('foo', 2)", R"("foo")"},
      {"$pad('foo', 5.9)", R"("foo  ")"},
      {"$pad('foo', 5, '')", R"("foo  ")"},
      {"$join(['a', 'b', 'c'])", R"("abc")"},
      {"$join(['a', 'b', 'c'], ', ')", R"("a, b, c")"},
      {"$join('a', ', ')", R"("a")"},
      {"$join([], ', ')", R"("")"},
      {"$join(nothing, ', ')", "undefined"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression, "{}") == row.gives);
  }
}

TEST_CASE("functions on texts take the context for their first argument", "[jsonata]") {
  CHECK(evaluated("('Abc').$lowercase()", "{}") == R"("abc")");
  CHECK(evaluated("('Abc').$substring(1)", "{}") == R"("bc")");
  CHECK(evaluated("('Abc').$pad(5, '.')", "{}") == R"("Abc..")");
  CHECK(evaluated("[1.5].$string()", "{}") == R"("1.5")");
}

TEST_CASE("functions on texts refuse what is no text", "[jsonata]") {
  const auto row = GENERATE(values<Row>({
      {"$substring(1, 2)", "error T0411"},
      {"$uppercase(1)", "error T0410"},
      {"$join([1, 2])", "error T0412"},
      {"$join('a', 1)", "error T0410"},
      {"$pad('a', 'b')", "error T0410"},
      {"$length(1)", "error T0410"},
      {"$string(1, 2, 3)", "error T0410"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression) == row.gives);
  }
}

TEST_CASE("texts that would burst memory end with the budget, at once", "[jsonata]") {
  const auto expression = GENERATE(
      R"($pad("x", 2e8))", R"($pad("x", 1e300))", R"($pad("x", -2e8, "ab"))",
      R"(($double := function($s, $n) { $n = 0 ? $s : $double($s & $s, $n - 1) }; $length($double("x", 40))))",
      R"($reduce([1..60], function($s) { $s & $s }, "x"))", R"($join([1..100000].$string($$), $pad("", 100000)))",
      R"($reduce([1..40], function($s) { $join([$s, $s]) }, "xy"))",
      R"($reduce([1..40], function($s) { $string([$s, $s]) }, "xy"))",
      R"($reduce([1..40], function($s) { $uppercase($pad($s, 2 * $length($s), "ß")) }, "ß"))");
  DYNAMIC_SECTION(expression) {
    std::string result;
    CHECK(milliseconds([&] { result = evaluated(expression); }) < kAtOnceMs);
    CHECK(result.starts_with("error "));
  }
}

TEST_CASE("a text within the budget is built", "[jsonata]") {
  Budget budget;
  budget.bytes = 2'000;
  CHECK(evaluated(R"($length($pad("x", 1000)))", "null", Dialect::Standard, budget) == "1000");
  CHECK(evaluated(R"($length($pad("x", 2001)))", "null", Dialect::Standard, budget).starts_with("error "));
}
