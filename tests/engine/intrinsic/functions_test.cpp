#include "engine/intrinsic/function.h"
#include "engine/support/limits.h"
#include "tests/engine/intrinsic/fixture.h"

using namespace stepglass;
using namespace stepglass::intrinsic;

TEST_CASE("the example of each function gives what its row says", "[intrinsic]") {
  CHECK(functions().size() == 18);
  for (const Function& function : functions()) {
    DYNAMIC_SECTION(function.name) {
      CHECK(find_function(function.name) == &function);
      CHECK(std::string(function.example).starts_with(std::string(function.name) + "("));
      CHECK(run(function.example) == function.gives);
      const auto result = evaluate(function.example, Value());
      REQUIRE(result);
      CHECK(is_of(*result, function.gives_type));
    }
  }
  CHECK(find_function("States.Nope") == nullptr);
  CHECK(find_function("") == nullptr);
}

TEST_CASE("each function refuses too few and too many arguments when it runs", "[intrinsic]") {
  for (const Function& function : functions()) {
    DYNAMIC_SECTION(function.name) {
      const auto with = [&](std::size_t count) {
        std::string text = std::string(function.name) + "(";
        for (std::size_t i = 0; i < count; ++i) text += i ? ", 1" : "1";
        return text + ")";
      };
      if (function.min_args > 0) {
        const std::string text = with(function.min_args - 1);
        CHECK(run(text) == refused(text, function.name));
      }
      if (function.max_args != kAnyNumber && !function.ignores_surplus) {
        const std::string text = with(function.max_args + 1);
        CHECK(run(text) == refused(text, function.name));
      }
    }
  }
}

TEST_CASE("each function refuses arguments of another type", "[intrinsic]") {
  for (const Function& function : functions()) {
    for (std::size_t i = 0; i < function.takes.size() && i < function.max_args; ++i) {
      if (function.takes[i] == Type::Any) continue;
      for (const char* wrong : {"null", "true", "'x'", "1", "$.a", "$.o"}) {
        std::string text = std::string(function.name) + "(";
        bool is_wrong = false;
        for (std::size_t j = 0; j < std::max<std::size_t>(function.min_args, i + 1); ++j) {
          constexpr std::pair<Type, const char*> right[] = {{Type::Any, "1"},      {Type::Number, "1"},
                                                            {Type::String, "'x'"}, {Type::Array, "$.a"},
                                                            {Type::Object, "$.o"}, {Type::Boolean, "true"}};
          const char* argument = "1";
          for (const auto& [type, word] : right) {
            if (type == function.takes_at(j)) argument = word;
          }
          if (j == i) {
            is_wrong = std::string_view(argument) != wrong;
            argument = wrong;
          }
          text += j ? ", " : "";
          text += argument;
        }
        text += ")";
        if (is_wrong) CHECK(run(text, R"({"a":[1],"o":{}})") == refused(text, function.name));
      }
    }
  }
}

namespace {

/// A call on the input, and what it gives: JSON, or "!" when it refuses its arguments.
struct Case {
  const char* call;
  std::string input;
  std::string gives;
};

void check(const Case& c, std::string_view function) {
  CHECK(run(c.call, c.input) == (c.gives == "!" ? refused(c.call, function) : c.gives));
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

}  // namespace

TEST_CASE("States.Array keeps its arguments in order", "[intrinsic]") {
  const auto c = GENERATE(Case{"States.Array($.a, $.b)", R"({"a":{"k":[]},"b":null})", R"([{"k":[]},null])"},
                          Case{"States.Array($.a, $.a, $.a, $.a, $.a, $.a)", R"({"a":1})", "[1,1,1,1,1,1]"},
                          Case{"States.Array($[*])", R"({"a":1,"b":2})", "[[1,2]]"});
  DYNAMIC_SECTION(c.call) {
    check(c, "States.Array");
  }
}

TEST_CASE("States.ArrayPartition cuts the size of its pieces to a whole number", "[intrinsic]") {
  const char* call = "States.ArrayPartition($.a, $.n)";
  const auto c = GENERATE_COPY(
      Case{call, R"({"a":[],"n":1})", "[]"}, Case{call, R"({"a":[0],"n":3})", "[[0]]"},
      Case{call, R"({"a":[0,1,2],"n":1})", "[[0],[1],[2]]"}, Case{call, R"({"a":[0,1,2,3],"n":3})", "[[0,1,2],[3]]"},
      Case{call, R"({"a":[0,1,2,3],"n":4})", "[[0,1,2,3]]"}, Case{call, R"({"a":[1,2,3],"n":2147483648})", "[[1,2,3]]"},
      Case{call, R"({"a":[1,2,3],"n":9223372036854775807})", "[[1,2,3]]"},
      Case{call, R"({"a":[1,2,3,4,5],"n":2.6})", "[[1,2],[3,4],[5]]"}, Case{call, R"({"a":[1],"n":0.6})", "!"},
      Case{call, R"({"a":[1],"n":0})", "!"}, Case{call, R"({"a":[1],"n":-1})", "!"},
      Case{call, R"({"a":[],"n":0})", "!"}, Case{call, R"({"a":[1],"n":1e300})", "!"},
      Case{call, R"({"a":[1],"n":18446744073709551615})", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.ArrayPartition");
  }
}

TEST_CASE("States.ArrayContains compares what values look like when printed", "[intrinsic]") {
  const char* call = "States.ArrayContains($.a, $.v)";
  const auto c = GENERATE_COPY(
      Case{call, R"({"a":[],"v":null})", "false"}, Case{call, R"({"a":[1,null],"v":null})", "true"},
      Case{call, R"({"a":[[1,2],3],"v":[1,2]})", "true"}, Case{call, R"({"a":[[1,2],3],"v":[2,1]})", "false"},
      Case{call, R"({"a":[[1,2],3],"v":1})", "false"},
      Case{call, R"({"a":[{"x":1,"y":[]}],"v":{"x":1,"y":[]}})", "true"},
      Case{call, R"({"a":[{"x":1,"y":2}],"v":{"y":2,"x":1}})", "false"},
      Case{call, R"({"a":[{"x":1}],"v":{"x":1,"y":null}})", "false"},
      Case{call, R"({"a":[true,false],"v":false})", "true"}, Case{call, R"({"a":[0,1,-1],"v":false})", "false"},
      Case{call, R"({"a":["true"],"v":true})", "true"},
      Case{call, R"({"a":["9007199254740991"],"v":9007199254740991})", "true"},
      Case{call, R"({"a":[12],"v":"12"})", "true"}, Case{call, R"({"a":[1.5],"v":"1.5"})", "true"},
      Case{call, R"({"a":["[1]"],"v":[1]})", "false"}, Case{call, R"({"a":[["true"]],"v":[true]})", "false"},
      Case{call, R"({"a":["a"],"v":"A"})", "false"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.ArrayContains");
  }
}

TEST_CASE("States.ArrayRange counts up or down to its end", "[intrinsic]") {
  const char* call = "States.ArrayRange($[0], $[1], $[2])";
  const auto c = GENERATE_COPY(
      Case{call, "[0,9,3]", "[0,3,6,9]"}, Case{call, "[0,10,3]", "[0,3,6,9]"}, Case{call, "[1,9,9]", "[1]"},
      Case{call, "[-2,2,2]", "[-2,0,2]"}, Case{call, "[3,3,1]", "[3]"}, Case{call, "[3,3,-1]", "[3]"},
      Case{call, "[5,1,-2]", "[5,3,1]"}, Case{call, "[5,1,1]", "[]"}, Case{call, "[1,5,-1]", "[]"},
      Case{call, "[1.6,1.4,1]", "[1]"}, Case{call, "[5.4,-0.6,-2.4]", "[5,3,1]"}, Case{call, "[1,10,0]", "!"},
      Case{call, "[1,10,0.49]", "!"}, Case{call, "[1,1001,1]", "!"}, Case{call, "[1001,1,-1]", "!"},
      // Distances and strides at the ends of 64 bits neither wrap around nor loop.
      Case{call, "[-9223372036854775808,9223372036854775807,1]", "!"},
      Case{call, "[9223372036854775807,-9223372036854775808,-1]", "!"},
      Case{call, "[-9223372036854775808,9223372036854775807,9223372036854775807]",
           "[-9223372036854775808,-1,9223372036854775806]"},
      Case{call, "[9223372036854775807,-9223372036854775808,-9223372036854775808]", "[9223372036854775807,-1]"},
      Case{call, "[9223372036854775806,9223372036854775807,2]", "[9223372036854775806]"},
      Case{call, "[0,1e300,1]", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.ArrayRange");
  }
  CHECK(run("States.ArrayLength(States.ArrayRange(1, 999, 1))") == "999");
  CHECK(run("States.ArrayLength(States.ArrayRange(1, 1000, 1))") == "1000");
  CHECK(run("States.ArrayLength(States.ArrayRange(1000, 1, -1))") == "1000");
}

TEST_CASE("States.ArrayGetItem counts from 0 and cuts its index", "[intrinsic]") {
  const char* call = "States.ArrayGetItem($.a, $.i)";
  const auto c =
      GENERATE_COPY(Case{call, R"({"a":[1,2,3],"i":0})", "1"}, Case{call, R"({"a":[1,2,3],"i":2})", "3"},
                    Case{call, R"({"a":[1,2,3],"i":1.9})", "2"}, Case{call, R"({"a":[1,2,3],"i":-0.9})", "1"},
                    Case{call, R"({"a":[1,2,3],"i":3})", "!"}, Case{call, R"({"a":[1,2,3],"i":-1})", "!"},
                    Case{call, R"({"a":[null],"i":0})", "null"}, Case{call, R"({"a":[],"i":999})", "null"},
                    Case{call, R"({"a":[1],"i":4294967296})", "!"}, Case{call, R"({"a":[1],"i":1e300})", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.ArrayGetItem");
  }
}

TEST_CASE("States.ArrayUnique gives the order of a Java HashSet", "[intrinsic]") {
  const char* call = "States.ArrayUnique($)";
  const auto c = GENERATE_COPY(
      Case{call, "[]", "[]"}, Case{call, "[1,2,3,3,3,4]", "[1,2,3,4]"},
      Case{call, R"(["a","b","a","c"])", R"(["a","b","c"])"}, Case{call, "[true,false,true,false]", "[false,true]"},
      Case{call, "[null,null,1,null]", "[null,1]"}, Case{call, R"([1,"1",1,"01"])", R"([1,"1","01"])"},
      Case{call, "[[1,2],[1,2],[2,1]]", "[[2,1],[1,2]]"},
      Case{call, R"([{"a":1,"b":2},{"b":2,"a":1}])", R"([{"a":1,"b":2}])"},
      Case{call, R"([{"n":{"x":1}},{"n":{"x":1}}])", R"([{"n":{"x":1}}])"},
      // 17 lies in the bucket of 1 and comes in the order of its first occurrence; an Integer equals no Double.
      Case{call, "[17,1,2,17]", "[17,1,2]"}, Case{call, "[1,1.0,1]", "[1.0,1]"},
      Case{call, R"(["AaAa","BBBB","AaBB","AaAa"])", R"(["AaAa","BBBB","AaBB"])"},
      Case{call, R"([["ab"],["a","b"],["ab"]])", R"([["ab"],["a","b"]])"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.ArrayUnique");
  }
}

TEST_CASE("States.ArrayUnique takes no quadratic time when hashes collide", "[intrinsic]") {
  // 2^14 different strings with one hash.
  ArrayBuilder items;
  for (int i = 0; i < 1 << 14; ++i) {
    std::string text;
    for (int bit = 0; bit < 14; ++bit) text += i >> bit & 1 ? "Aa" : "BB";
    items.add(Value(text));
    items.add(Value(text));
  }
  const auto unique = evaluate("States.ArrayLength(States.ArrayUnique($))", std::move(items).build());
  REQUIRE(unique);
  CHECK(to_json(*unique) == "16384");
}

TEST_CASE("States.Base64Encode and Base64Decode take 10,000 characters", "[intrinsic]") {
  const auto c = GENERATE(
      Case{"States.Base64Encode($)", R"("")", R"("")"}, Case{"States.Base64Encode($)", R"("é🚀")", R"("w6nwn5qA")"},
      Case{"States.Base64Encode($)", R"("abc\u0000def")", R"("YWJjAGRlZg==")"},
      Case{"States.Base64Decode($)", R"("")", R"("")"}, Case{"States.Base64Decode($)", R"("4pyT")", R"("✓")"},
      Case{"States.Base64Decode($)", R"("abc")", R"("i�")"}, Case{"States.Base64Decode($)", R"("ab==cd")", R"("i")"},
      Case{"States.Base64Decode($)", R"("!!!")", R"("")"},
      // E2 82, F0 9F and 80 alone: one replacement for each piece of a character.
      Case{"States.Base64Decode($)", R"("4oJh8J9igGM=")", R"("�a�b�c")"},
      Case{"States.Base64Decode($)", R"("7aCA")", R"("���")"});
  DYNAMIC_SECTION(c.call << " of " << c.input) {
    check(c, "");
  }
  for (const std::string unit : {"a", "é", "🚀"}) {
    std::string text;
    for (int i = 0; i < 9'999; ++i) text += unit;
    CHECK(run("States.Base64Encode($)", quoted(text)).front() == '"');
    CHECK(run("States.Base64Decode($)", quoted(text)).front() == '"');
    text += unit;
    CHECK(run("States.Base64Encode($)", quoted(text)).front() == '"');
    CHECK(run("States.Base64Decode($)", quoted(text)).front() == '"');
    text += unit;
    CHECK(run("States.Base64Encode($)", quoted(text)) == refused("States.Base64Encode($)", "States.Base64Encode"));
    CHECK(run("States.Base64Decode($)", quoted(text)) == refused("States.Base64Decode($)", "States.Base64Decode"));
  }
}

TEST_CASE("States.Hash knows five algorithms by their exact names", "[intrinsic]") {
  const auto c =
      GENERATE(Case{"States.Hash($, 'MD5')", R"("hello")", R"("5d41402abc4b2a76b9719d911017c592")"},
               Case{"States.Hash($, 'SHA-1')", R"("hello")", R"("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")"},
               Case{"States.Hash($, 'SHA-256')", R"("✓")",
                    R"("1dabba21cdad44541f6b15796f8d22978fc7ea10c46aeceeeeb66c23b3ac7604")"},
               Case{"States.Hash($, 'MD5')", R"("abc\u0000def")", R"("a5e4d5963ae44c1f4bfb37b1a3d55a3c")"},
               // What is no string is hashed as it prints: 123, {}, [1, 2] with the blank.
               Case{"States.Hash($, 'MD5')", "123", R"("202cb962ac59075b964b07152d234b70")"},
               Case{"States.Hash($, 'MD5')", "{}", R"("99914b932bd37a50b983c5e7c90ae93b")"},
               Case{"States.Hash($, 'MD5')", "[1,2]", R"("04cd0e0151f352e7fd414d694a604136")"},
               Case{"States.Hash($, 'md5')", R"("a")", "!"}, Case{"States.Hash($, 'SHA256')", R"("a")", "!"},
               Case{"States.Hash($, '')", R"("a")", "!"}, Case{"States.Hash($, 5)", R"("a")", "!"});
  DYNAMIC_SECTION(c.call << " of " << c.input) {
    check(c, "States.Hash");
  }
  CHECK(run("States.Hash($, 'MD5')", quoted(std::string(10'000, 'a'))).size() == 34);
  CHECK(run("States.Hash($, 'MD5')", quoted(std::string(10'001, 'a'))) ==
        refused("States.Hash($, 'MD5')", "States.Hash"));
}

TEST_CASE("States.StringToJson reads JSON, and nothing as null", "[intrinsic]") {
  const char* call = "States.StringToJson($)";
  const auto c =
      GENERATE_COPY(Case{call, R"("")", "null"}, Case{call, R"(" \n ")", "null"}, Case{call, R"("-0")", "0"},
                    Case{call, R"("1.50")", "1.5"}, Case{call, R"("\"a\"")", R"("a")"},
                    Case{call, R"(" {\"a\": [1, {}]} ")", R"({"a":[1,{}]})"}, Case{call, R"("null")", "null"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.StringToJson");
  }
  CHECK(run("States.StringToJson('{\"a\": \"b\"}')") == R"({"a":"b"})");
  const auto broken = GENERATE("{bad json}", "{\\\"a\\\":1", "undefined", "'", "[1,]", "1 2");
  DYNAMIC_SECTION(broken) {
    CHECK_THAT(run(call, quoted(broken)),
               Catch::Contains("States.Runtime: There was an error while evaluating the intrinsic function: "
                               "States.StringToJson($). Cannot convert String to Json in States.StringToJson, caused "
                               "by: "));
  }
}

TEST_CASE("States.JsonToString writes compact JSON", "[intrinsic]") {
  const char* call = "States.JsonToString($)";
  const auto c =
      GENERATE_COPY(Case{call, "null", R"("null")"}, Case{call, R"("a")", R"("\"a\"")"}, Case{call, "1.5", R"("1.5")"},
                    Case{call, R"({ "a" : [ 1 , "x" ] })", R"("{\"a\":[1,\"x\"]}")"}, Case{call, "[]", R"("[]")"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.JsonToString");
  }
}

TEST_CASE("States.JsonMerge lets the second object win at the top", "[intrinsic]") {
  const char* call = "States.JsonMerge($.a, $.b, $.deep)";
  const auto c = GENERATE_COPY(
      Case{call, R"({"a":{"x":1,"y":2},"b":{"z":4,"y":3},"deep":false})", R"({"x":1,"y":3,"z":4})"},
      Case{call, R"({"a":{},"b":{"x":1},"deep":false})", R"({"x":1})"},
      Case{call, R"({"a":{"x":1},"b":{},"deep":false})", R"({"x":1})"},
      Case{call, R"({"a":{"n":{"a1":1}},"b":{"n":{"a2":2}},"deep":false})", R"({"n":{"a2":2}})"},
      Case{call, R"({"a":{"n":{},"k":1},"b":{"n":null},"deep":false})", R"({"n":null,"k":1})"},
      Case{call, R"({"a":{},"b":{},"deep":"false"})", "{}"}, Case{call, R"({"a":{},"b":{},"deep":true})", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.JsonMerge");
  }
}

TEST_CASE("States.MathAdd rounds its arguments half up and stays in 32 bits", "[intrinsic]") {
  const char* call = "States.MathAdd($[0], $[1])";
  const auto c = GENERATE_COPY(
      Case{call, "[1,-1]", "0"}, Case{call, "[1.49,1.5]", "3"}, Case{call, "[1.5,1.51]", "4"},
      Case{call, "[-1.49,-1.5]", "-2"}, Case{call, "[-1.5,-1.51]", "-3"}, Case{call, "[2.5,0]", "3"},
      Case{call, "[-0.5,0]", "0"}, Case{call, "[-2.5,0]", "-2"}, Case{call, "[-3.5,0]", "-3"},
      Case{call, "[0.1,0.2]", "0"}, Case{call, "[2147483646,1]", "2147483647"},
      Case{call, "[2147483647,0]", "2147483647"}, Case{call, "[2147483647,1]", "!"},
      Case{call, "[-2147483647,-1]", "-2147483648"}, Case{call, "[-2147483648,-1]", "!"},
      Case{call, "[2147483648,-5]", "!"}, Case{call, "[-2147483649,5]", "!"},
      Case{call, "[2147483647.4,0]", "2147483647"}, Case{call, "[2147483647.5,0]", "!"}, Case{call, "[1e300,0]", "!"},
      Case{call, "[9223372036854775807,9223372036854775807]", "!"}, Case{call, "[18446744073709551615,0]", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.MathAdd");
  }
}

TEST_CASE("States.MathRandom with a seed draws what the service draws", "[intrinsic]") {
  const char* call = "States.MathRandom($[0], $[1], $[2])";
  const auto c = GENERATE_COPY(
      Case{call, "[1,100,42]", "63"}, Case{call, "[1,1000,1]", "106"}, Case{call, "[1,1000,2]", "806"},
      Case{call, "[1,5,42]", "3"}, Case{call, "[1,10,-10]", "1"}, Case{call, "[1,10,0]", "7"},
      Case{call, "[-5,5,42]", "-5"}, Case{call, "[2147483640,2147483647,1]", "2147483644"},
      Case{call, "[-2147483648,2147483647,42]", "-1170105035"}, Case{call, "[7,8,9]", "7"}, Case{call, "[1,1,1]", "!"},
      Case{call, "[10,5,1]", "!"}, Case{call, "[1.4,1.6,1]", "!"}, Case{call, "[0,2147483648,1]", "!"},
      Case{call, R"([1,10,"seed"])", "!"}, Case{call, "[1,10,null]", "!"}, Case{call, "[1,10,1e300]", "!"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.MathRandom");
  }
}

TEST_CASE("States.MathRandom without a seed draws from the run's generator", "[intrinsic]") {
  const auto call = Call::parse("States.MathRandom(-3, 3)");
  REQUIRE(call);
  TestSurroundings surroundings;
  Random random(7), same(7);
  bool seen[6] = {};
  for (int i = 0; i < 200; ++i) {
    const auto drawn = call->evaluate(Value(), surroundings, random);
    REQUIRE(drawn);
    CHECK(drawn->as_integer() == call->evaluate(Value(), surroundings, same)->as_integer());
    REQUIRE((drawn->as_integer() >= -3 && drawn->as_integer() < 3));
    seen[drawn->as_integer() + 3] = true;
  }
  for (const bool hit : seen) CHECK(hit);
}

TEST_CASE("States.Format fills each {} with the text of an argument", "[intrinsic]") {
  const auto c = GENERATE(
      Case{"States.Format('no holes')", "{}", R"("no holes")"}, Case{"States.Format('')", "{}", R"("")"},
      Case{"States.Format('{} {} {}', $.a, $.b, $.c)", R"({"a":"x","b":2,"c":true})", R"("x 2 true")"},
      Case{"States.Format('{}{}', $.n, $.d)", R"({"n":null,"d":1.1})", R"("null1.1")"},
      Case{"States.Format('{}', $)", R"({"Arg1":1,"Arg2":[]})", R"("{Arg1=1, Arg2=[]}")"},
      Case{"States.Format('{}', $)", R"({"a":{"b":["x",null,[2.5]]},"c":{}})", R"("{a={b=[x, null, [2.5]]}, c={}}")"},
      Case{R"(States.Format('\'{}\' \{\} \\', 1))", "{}", R"("'1' {} \\")"},
      Case{"States.Format($t, 'Pikachu')", "{}", R"("It's Pikachu!")"},
      Case{R"(States.Format($, 'x'))", R"("a\\b \\{{}\\} \\")", R"("a\\b {x} \\")"},
      Case{"States.Format('{}', '{}')", "{}", R"("{}")"}, Case{"States.Format('  {}  ', '→')", "{}", R"("  →  ")"},
      Case{"States.Format(123)", "{}", R"("123")"});
  DYNAMIC_SECTION(c.call) {
    check(c, "States.Format");
  }
}

TEST_CASE("States.Format refuses templates and arguments that do not fit", "[intrinsic]") {
  struct Mismatch {
    const char* call;
    const char* reason;
  };
  const auto c = GENERATE(
      Mismatch{"States.Format('Hello {', 1)", "Invalid template in States.Format: matching '}' not found for '{'."},
      Mismatch{"States.Format('Hello {{}}', 1)", "Invalid template in States.Format: matching '}' not found for '{'."},
      Mismatch{"States.Format('{ }', 1)", "Invalid template in States.Format: matching '}' not found for '{'."},
      Mismatch{"States.Format('}')", "Invalid template in States.Format: matching '{' not found for '}'."},
      Mismatch{"States.Format('{}')",
               "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."},
      Mismatch{"States.Format('{} {}', 1)",
               "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."},
      Mismatch{"States.Format('x', 1)",
               "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."},
      Mismatch{"States.Format(123, 'Ada')",
               "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."});
  DYNAMIC_SECTION(c.call) {
    CHECK(run(c.call) == std::string("States.Runtime: There was an error while evaluating the intrinsic function: ") +
                             c.call + ". " + c.reason);
  }
}

TEST_CASE("States.Format fills a hundred thousand holes", "[intrinsic]") {
  std::string text = "States.Format('", result;
  for (int i = 0; i < 100'000; ++i) text += "{}", result += "x";
  text += "'";
  for (int i = 0; i < 100'000; ++i) text += ",'x'";
  CHECK(run(text + ")") == quoted(result));
  CHECK_THAT(run(text + ",'x')"), Catch::EndsWith("number of arguments do not match the occurrences of {}."));
}

TEST_CASE("States.StringSplit splits at any delimiter and drops empty pieces", "[intrinsic]") {
  const char* call = "States.StringSplit($[0], $[1])";
  const auto c = GENERATE_COPY(
      Case{call, R"(["1,2,3",","])", R"(["1","2","3"])"},
      Case{call, R"(["This.is+a,test=string",".+,="])", R"(["This","is","a","test","string"])"},
      Case{call, R"([",,,,",","])", "[]"}, Case{call, R"(["",","])", "[]"}, Case{call, R"([" ",","])", R"([" "])"},
      Case{call, R"([", , ,",","])", R"([" "," "])"}, Case{call, R"([",a,,b,",","])", R"(["a","b"])"},
      Case{call, R"(["abc",""])", R"(["abc"])"}, Case{call, R"(["",""])", "[]"},
      Case{call, R"(["split on T and \nnew line","T\n"])", R"(["split on "," and ","new line"])"},
      Case{call, R"(["a→b🚀c→","→🚀"])", R"(["a","b","c"])"}, Case{call, R"(["aéb","e"])", R"(["aéb"])"},
      Case{call, R"(["1a2b3ab4","ab"])", R"(["1","2","3","4"])"},
      Case{call, R"(["null,, ,-1",","])", R"(["null"," ","-1"])"});
  DYNAMIC_SECTION(c.input) {
    check(c, "States.StringSplit");
  }
}

TEST_CASE("States.UUID draws from the run's generator and ignores arguments", "[intrinsic]") {
  const std::string first = run("States.UUID()");
  CHECK(first.size() == 38);
  CHECK(first[15] == '4');
  CHECK(run("States.UUID('x', $.a)", R"({"a":1})") == first);
  const auto call = Call::parse("States.UUID()");
  TestSurroundings surroundings;
  Random random(0);
  CHECK(to_json(*call->evaluate(Value(), surroundings, random)) == first);
  CHECK(to_json(*call->evaluate(Value(), surroundings, random)) != first);
}
