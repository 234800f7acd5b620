#include "engine/support/limits.h"
#include "engine/value/json_size.h"
#include "tests/engine/intrinsic/fixture.h"

using namespace stepglass;
using namespace stepglass::intrinsic;

TEST_CASE("a path argument that finds nothing fails with the service's sentence", "[intrinsic]") {
  struct Case {
    const char* call;
    const char* path;
  };
  // The whole call is named, as written; a context path loses one $; the input is the document's.
  const auto c = GENERATE(Case{"States.Format('{}', $.nope)", "$.nope"}, Case{"States.Format('{}',$.nope) ", "$.nope"},
                          Case{"States.Format('{}', States.Format('{}', $.nope))", "$.nope"},
                          Case{"States.Array($$.A.B)", "$.A.B"}, Case{"States.Array($missing.x)", "$missing.x"},
                          Case{"States.Array($v.nope)", "$v.nope"}, Case{"States.MathAdd($.nope)", "$.nope"},
                          Case{"States.UUID($.nope)", "$.nope"});
  DYNAMIC_SECTION(c.call) {
    CHECK(run(c.call, R"({ "other" : [1, 2.0] })") ==
          std::string("States.Runtime: The function '") + c.call +
              "' had the following error: The JsonPath argument for the field '" + c.path +
              R"(' could not be found in the input '{"other":[1,2.0]}')");
  }
}

TEST_CASE("a null is found", "[intrinsic]") {
  CHECK(run("States.Array($.a)", R"({"a":null})") == "[null]");
}

TEST_CASE("calls work on the results of calls", "[intrinsic]") {
  struct Case {
    const char* call;
    const char* gives;
  };
  const auto c =
      GENERATE(Case{"States.ArrayGetItem(States.StringSplit($.name, '-'), "
                    "States.MathAdd(States.ArrayLength(States.StringSplit($.name, "
                    "'-')), -1))",
                    R"("c")"},
               Case{"States.MathAdd(States.MathAdd(States.MathAdd(1, 2), 3), 4)", "10"},
               Case{"States.Base64Decode(States.Base64Encode($.name))", R"("a-b-c")"},
               Case{"States.StringToJson(States.JsonToString($))", R"({"name":"a-b-c"})"},
               Case{"States.Format('{}', States.Array('x', States.ArrayRange(0, 2, 1)))", R"("[x, [0, 1, 2]]")"});
  DYNAMIC_SECTION(c.call) {
    CHECK(run(c.call, R"({"name":"a-b-c"})") == c.gives);
  }
}

TEST_CASE("the sentence of a refusal names the whole call and the function inside that refuses", "[intrinsic]") {
  CHECK(run("States.Array(States.MathAdd('a', 1))") ==
        refused("States.Array(States.MathAdd('a', 1))", "States.MathAdd"));
}

TEST_CASE("an evaluation's bytes are counted, not its time", "[intrinsic]") {
  // Each JsonToString of a text of n bytes costs n + 2.
  const auto cost = [](std::uint64_t bytes) {
    const auto result = evaluate("States.Array(States.JsonToString($), States.JsonToString($))",
                                 Value(std::string(static_cast<std::size_t>(bytes), 'x')));
    return result ? std::string() : *result.error().error;
  };
  CHECK(cost(kMaxEvaluationBytes / 2 - 3).empty());
  CHECK(cost(kMaxEvaluationBytes / 2 - 2).empty());
  CHECK(cost(kMaxEvaluationBytes / 2 - 1) == "States.DataLimitExceeded");
}

TEST_CASE("growth ends with States.DataLimitExceeded", "[intrinsic]") {
  // Doubled in each level: small in memory, endless as text.
  Value doubled(std::string(100, 'x'));
  for (int i = 0; i < 200; ++i) {
    const Value pair[] = {doubled, doubled};
    doubled = Value::array(pair);
  }
  const auto text = GENERATE("States.Format('{}', $)", "States.Format('{}{}{}', 'a', $, $)", "States.JsonToString($)",
                             "States.Hash($, 'MD5')", "States.ArrayUnique($)", "States.ArrayContains($, $)",
                             "States.ArrayContains(States.Array($), 'x')", "States.Array($..*)", "States.Format($)");
  DYNAMIC_SECTION(text) {
    const auto result = evaluate(text, doubled);
    REQUIRE_FALSE(result);
    CHECK(*result.error().error == "States.DataLimitExceeded");
    CHECK_THAT(*result.error().cause, Catch::StartsWith(std::string("The function '") + text + "' had the following "));
  }
  DYNAMIC_SECTION("a missing path shows no endless input") {
    const Value members[] = {doubled};
    const auto result = evaluate("States.Array($[7])", Value::array(members));
    REQUIRE_FALSE(result);
    CHECK_THAT(*result.error().cause, Catch::EndsWith("could not be found in the input '…'"));
  }
}

TEST_CASE("a missing path shows an input up to the size of a payload", "[intrinsic]") {
  const auto shows = [](std::uint64_t size) {
    const Value input(std::string(static_cast<std::size_t>(size) - 2, 'x'));
    REQUIRE(json_size(input) == size);
    return evaluate("States.Array($.a)", input).error().cause->ends_with("x\"'");
  };
  CHECK(shows(kMaxPayloadBytes - 1));
  CHECK(shows(kMaxPayloadBytes));
  CHECK_FALSE(shows(kMaxPayloadBytes + 1));
}

TEST_CASE("many searching paths in one call share one budget", "[intrinsic]") {
  std::string text = "States.ArrayLength(States.Array($..zzz";
  for (int i = 0; i < 20'000; ++i) text += ",$..zzz";
  CHECK(run(text + "))", R"({"a":1})") == "20001");
  ArrayBuilder items;
  for (int i = 0; i < 50'000; ++i) items.add(Value(i));
  const auto result = evaluate(text + "))", std::move(items).build());
  REQUIRE_FALSE(result);
  CHECK(*result.error().error == "States.DataLimitExceeded");
}

TEST_CASE("a result is nested as deep as values may be and no deeper", "[intrinsic]") {
  const auto depth_after = [](std::size_t depth) {
    Value value;
    for (std::size_t i = 0; i < depth; ++i) {
      const Value one[] = {value};
      value = Value::array(one);
    }
    const auto result = evaluate("States.Array($)", value);
    return result ? result->depth() : 0;
  };
  CHECK(depth_after(kMaxValueDepth - 2) == kMaxValueDepth - 1);
  CHECK(depth_after(kMaxValueDepth - 1) == kMaxValueDepth);
  CHECK(depth_after(kMaxValueDepth) == 0);
}

TEST_CASE("values as deep as may be are printed, hashed and compared", "[intrinsic]") {
  Value value(1);
  for (std::size_t i = 0; i < kMaxValueDepth - 2; ++i) {
    const Value one[] = {value};
    value = Value::array(one);
  }
  for (const char* text : {"States.Format('{}', $)", "States.JsonToString($)", "States.ArrayUnique($)",
                           "States.ArrayContains(States.Array($), $)", "States.Hash($, 'MD5')"}) {
    CHECK(evaluate(text, value));
  }
}
