#include "engine/jsonata/inference.h"

#include <string>

#include "tests/engine/jsonata/fixture.h"

using namespace stepglass;
using namespace stepglass::jsonata;

namespace {

/// "sn" for a string or a number, u for undefined, f for a function, "any"; then each mistake: its code, with ? where
/// it depends.
std::string inferred(const std::string& text) {
  const auto compiled = Expression::compile(text, Dialect::States);
  REQUIRE(compiled);
  // $states.input.text is a string, .n a number, .gone is not there, the rest is unknown.
  const Inference inference = infer(*compiled, [](std::span<const std::string_view> names) -> Types {
    if (names.size() == 2 && names[0] == "input") {
      if (names[1] == "text") return type::kString;
      if (names[1] == "n") return type::kNumber;
      if (names[1] == "gone") return type::kNothing;
    }
    return type::kJson | type::kNothing;
  });
  std::string shown;
  const char* letters = "asnblfou";
  for (int i = 0; i < 8; ++i) {
    if (inference.types & (1 << i)) shown += letters[i];
  }
  if (shown == letters) shown = "any";
  for (const Mistake& mistake : inference.mistakes) {
    shown += " " + (mistake.error.code.empty() ? "refused" : mistake.error.code) + (mistake.always ? "" : "?");
  }
  return shown;
}

struct Row {
  const char* expression;
  const char* inferred;
};

}  // namespace

TEST_CASE("types are inferred", "[jsonata]") {
  const auto row = GENERATE(values<Row>({
      {"1 + 2", "n"},
      {"'a' & 1", "s"},
      {"{'a': [1, 2]}.a[1]", "n"},
      {"{'a': 1}.b", "u"},
      {"[1..3].($ * 2)", "a"},
      {"$states.input.text", "s"},
      {"$states.input.gone", "u"},
      {"$states.input.gone > 1", "u"},
      {"$states.input.gone + 1", "u"},
      {"$states.input.gone = 1", "b"},
      {"$states.input.gone & 'x'", "s"},
      {"$states.input.n > 1", "b"},
      {"$states.input.x > 1", "bu"},
      {"$states.input.x + 1", "nu"},
      {"$states.input.x", "asnblou"},
      {"$states.input.n[0]", "any"},
      {"$states.input.x ? 1 : 'a'", "sn"},
      {"$states.input.x ? 1", "nu"},
      {"$states.input.gone ?: 1", "n"},
      {"$uppercase($states.input.x)", "su"},
      {"$exists($states.input.x)", "b"},
      {"function($x) { $x }", "f"},
      {"$uppercase", "f"},
      {"$random() > 2", "bu"},
      {"($x := 1; $x)", "any"},
      {"($states := {'input': {'text': 1}}; $states.input.text)", "any"},
      {"[$states.input.x]", "a"},
      {"{'a': $states.input.x}", "o"},
      {"$other", "asnblou"},
      {"$x ~> $string", "any"},
  }));
  CAPTURE(row.expression);
  CHECK(inferred(row.expression) == row.inferred);
}

TEST_CASE("what surely fails is found", "[jsonata]") {
  const auto row = GENERATE(values<Row>({
      {"'a' - 1", "any T2001"},
      {"$states.input.text - 1", "n T2001"},
      {"1 - $states.input.text", "n T2002"},
      {"$string($states.input.x) - 1", "nu T2001?"},
      {"-$states.input.text", "n D1002"},
      {"$states.input.n < 'a'", "b T2009"},
      {"$states.input.n < true", "b T2010"},
      {"[$states.input.text..3]", "a T2003"},
      {"$nope(1)", "any T1006"},
      {"$states(1)", "any T1006"},
      {"uppercase('a')", "any T1005"},
      {"$sum('x')", "any T0412"},
      {"$sum($states.input.text)", "nu T0412"},
      {"$substring($states.input.x, 'a')", "su T0410"},
      {"$length($states.input.x, 1)", "nu T0410"},
      {"$map($states.input.x, 'a')", "any T0410"},
      {"$states.input.x ? 'a' - 1 : 2", "any T2001?"},
      {"$states.input.x and ('a' - 1)", "b T2001?"},
      {"$states.input.x.('a' - 1)", "any T2001?"},
      {"$map($states.input.x, function($v) { $v - 'a' })", "any T2002?"},
      {"$states.input.x ~> 5", "any T2006"},
      {"$states.input.text ~> $sum()", "nu T0412"},
      {"{'a': $nope(1)}", "o T1006"},
      {"{$states.input.x: $nope(1)}", "o T1006?"},
      {"$hash('a', 'FOO')", "any refused"},
      {"$number('x')", "any D3030"},
      {"[$nope(1), 'a' - 1]", "a T1006 T2001"},
  }));
  CAPTURE(row.expression);
  CHECK(inferred(row.expression) == row.inferred);
}

TEST_CASE("what may be right is left alone", "[jsonata]") {
  const auto row = GENERATE(values<Row>({
      {"$error('stop')", "any"},
      {"$assert(false, 'stop')", "any"},
      {"$states.input.x ? 'a' : $error('stop')", "any"},
      {"($f := function($x) { $x }; $f(1))", "any"},
      {"$sum($states.input.x)", "nu"},
      {"$states.input.x.$uppercase()", "any"},
      {"$states.input.x.name(1)", "any"},
      {"$substring($states.input.gone, 1)", "su"},
      {"[1..900000]", "any"},
      {"($f := function() { $f() + 1 }; $f())", "any"},
      {"$states.input.x[$ > 1].($ - 1)", "any"},
      {"$split($states.input.text, /a/)", "any"},
      {"$now() & 'x'", "s"},
      {"$sort($states.input.x, function($a, $b) { $a.n > $b.n })", "any"},
      {"$states.input.x ~> |$|{'a': 1}|", "any"},
      {"$substring(?, 1)", "f"},
  }));
  CAPTURE(row.expression);
  CHECK(inferred(row.expression) == row.inferred);
}
