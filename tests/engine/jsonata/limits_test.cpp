// Each budget one below, at and one above; and expressions that would never end elsewhere.

#include <fmt/format.h>

#include <string>

#include "engine/jsonata/parser.h"
#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("an evaluation ends where its steps, its depth or its bytes end", "[jsonata]") {
  const std::string steps = "$sum([1..50].($ * 2))";
  const auto with_steps = [&](std::uint64_t limit) {
    return evaluated(steps, "null", Dialect::Standard, {.steps = limit});
  };
  std::uint64_t least = 1;
  while (with_steps(least) != "2550") ++least;
  CHECK(with_steps(least - 1) == "error U1001");
  CHECK(with_steps(least + 1) == "2550");

  const std::string depth = "($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(20))";
  const auto with_depth = [&](std::uint32_t limit) {
    return evaluated(depth, "null", Dialect::Standard, {.depth = limit});
  };
  std::uint32_t shallowest = 1;
  while (with_depth(shallowest) != "20") ++shallowest;
  CHECK(with_depth(shallowest - 1) == "error U1001");
  CHECK(with_depth(shallowest + 1) == "20");

  const auto with_bytes = [&](std::uint64_t limit) {
    return evaluated("$count([1..1000])", "null", Dialect::Standard, {.bytes = limit});
  };
  std::uint64_t fewest = 1000;
  while (with_bytes(fewest) != "1000") ++fewest;
  CHECK(with_bytes(fewest - 1) == "error U1001");
  CHECK(with_bytes(fewest + 1) == "1000");
}

TEST_CASE("the States dialect stops where the service was measured to stop", "[jsonata]") {
  const auto told = [](const std::string& expression) {
    return evaluated(expression, "null", Dialect::States, default_budget(Dialect::States)).substr(0, 24);
  };
  CHECK(told("$count([1..873782])") == "873782");
  CHECK(told("$count([1..873783])").substr(0, 5) == "error");
  const auto doubled = [](int times) {
    return fmt::format("$length($reduce([1..{}], function($text, $i) {{ $text & $text }}, 'x'))", times);
  };
  CHECK(told(doubled(22)) == "4194304");
  CHECK(told(doubled(23)).substr(0, 5) == "error");
  std::string sum = "1";
  for (int i = 1; i < 200; ++i) sum += "+1";
  CHECK(told(sum).substr(0, 5) == "error");
}

TEST_CASE("limits have the service's words in the States dialect", "[jsonata]") {
  Budget budget = default_budget(Dialect::States);
  CHECK(evaluated("($f := function() { 1 + $f() }; $f())", "null", Dialect::States, budget)
            .find("Stack overflow error") != std::string::npos);
  CHECK(evaluated("($f := function() { $f() }; $f())", "null", Dialect::States, budget).find("timeout") !=
        std::string::npos);
  CHECK(evaluated("[1..9000000]", "null", Dialect::States, budget).find("memory limit") != std::string::npos);
}

TEST_CASE("an expression may be nested as deep as its tree may be", "[jsonata]") {
  const auto nested = [](std::size_t depth) {
    return evaluated(std::string(depth, '[') + "1" + std::string(depth, ']'), "null", Dialect::Standard,
                     {.depth = 2000});
  };
  CHECK(nested(kMaxTreeDepth - 2).front() == '[');
  CHECK(nested(kMaxTreeDepth - 1).front() == '[');
  CHECK(nested(kMaxTreeDepth) == "error S0304");
  CHECK(nested(100 * kMaxTreeDepth) == "error S0304");
}

TEST_CASE("tail calls take no depth", "[jsonata]") {
  CHECK(evaluated("($f := function($n, $sum) { $n = 0 ? $sum : $f($n - 1, $sum + $n) }; $f(10000, 0))") == "50005000");
}

TEST_CASE("what never ends elsewhere ends at once", "[jsonata]") {
  const std::string parentheses = std::string(20'000, '(') + "1" + std::string(20'000, ')');
  std::string sum = "1";
  for (int i = 0; i < 20'000; ++i) sum += "+1";
  const std::string killers[] = {
      "($f := function() { $f() }; $f())",
      "($a := function($m, $n) { $m = 0 ? $n + 1 : $n = 0 ? $a($m - 1, 1) : $a($m - 1, $a($m, $n - 1)) }; $a(3, 9))",
      "[1..10000].([1..10000])",
      "($s := 'x'; $f := function($s) { $f($s & $s) }; $f('x'))",
      "$sort([1..20000], function($a, $b) { $a > $b ? $random() > 0.5 : true })",
      "$reduce([1..100000], function($a, $b) { [$a, $b] })",
      "$map([1..3000], function($v) { $map([1..3000], function($w) { $v * $w }) })",
      "**.**.**.**.**.**",
      "($f := function($x) { $f }; [1..10000000].$f($))",
      parentheses,
      sum,
      "$merge([1..1000000].{$string($): $})",
  };
  for (const std::string& killer : killers) {
    INFO(killer.substr(0, 80));
    const std::clock_t start = std::clock();
    const std::string told = evaluated(killer, R"({"a": [1, {"b": [2, {"c": 3}]}]})");
    INFO(told.substr(0, 200));
    CHECK(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 4 * kAtOnceMs);
  }
}

TEST_CASE("functions that refer to themselves are given back", "[jsonata]") {
  // The leak checker of the debug build would tell.
  CHECK(evaluated("($f := function() { $g() }; $g := function() { 1 }; $h := {'f': $f}; $h.f())") == "1");
  CHECK(evaluated("($f := function($n) { $n > 0 ? $f($n - 1) : $f }; $f(3); 2)") == "2");
  CHECK(evaluated("($x := 1; $f := function() { $x }; $f)") == "function");
}

}  // namespace stepglass::jsonata
