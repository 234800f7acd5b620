#include "engine/intrinsic/function.h"
#include "tests/engine/intrinsic/fixture.h"

using namespace stepglass;
using namespace stepglass::intrinsic;

TEST_CASE("arguments are strings, numbers, words, paths and calls", "[intrinsic]") {
  struct Case {
    const char* call;
    const char* gives;
  };
  const auto c = GENERATE(
      Case{"States.Array()", "[]"}, Case{"States.Array( )", "[]"}, Case{"States.Array('a')", R"(["a"])"},
      Case{"States.Array(''  ,\n'b\tc' )  \n", R"(["","b\tc"])"}, Case{R"(States.Array('\'\{\}\\'))", R"(["'{}\\"])"},
      Case{"States.Array('{\"a\": 1}')", R"(["{\"a\": 1}"])"}, Case{"States.Array('a,b)c(')", R"(["a,b)c("])"},
      Case{"States.Array(0, -1, 2.5, 1e2, -0)", "[0,-1,2.5,100.0,0]"},
      Case{"States.Array(9223372036854775807)", "[9223372036854775807]"},
      Case{"States.Array(true, false, null)", "[true,false,null]"},
      Case{"States.Array($, $.a, $['a b'], $.l[1])", R"([{"a":1,"a b":2,"l":[3,4]},1,2,4])"},
      Case{"States.Array($$.Execution.Name)", R"(["run-1"])"}, Case{"States.Array($v, $v.a)", R"([{"a":7},7])"},
      Case{"States.Array( States.Array ( 1 ) , States.ArrayLength($.l))", "[[1],2]"},
      Case{"States.Array('ä→🚀')", R"(["ä→🚀"])"});
  DYNAMIC_SECTION(c.call) {
    CHECK(run(c.call, R"({"a":1,"a b":2,"l":[3,4]})") == c.gives);
  }
}

TEST_CASE("what is no call is refused with its place", "[intrinsic]") {
  struct Case {
    std::string text;
    std::string error;
  };
  const auto c = GENERATE(
      Case{"", "0: expected the name of a function, such as States.Format"},
      Case{" States.Array()", "0: expected the name of a function, such as States.Format"},
      Case{"$.a", R"x(0: expected the name of a function, not "$.a")x"},
      Case{"States.Array", R"x(12: expected "(" behind "States.Array")x"},
      Case{"States.UUID)", R"x(11: expected "(" behind "States.UUID")x"},
      Case{"States.Array(", R"x(13: expected an argument or ")")x"},
      Case{"States.Array(1", R"x(0: "States.Array(" has no closing parenthesis)x"},
      Case{"States.Array(1 2)", R"x(15: expected "," or ")", not "2)")x"},
      Case{"States.Array(,)", "13: an argument is missing"}, Case{"States.Array(1,)", "15: an argument is missing"},
      Case{"States.Array(1,,2)", "15: an argument is missing"},
      Case{"States.Array() x", R"x(15: unexpected "x" behind the call)x"},
      Case{"States.Array())", R"x(14: unexpected ")" behind the call)x"},
      Case{"States.Array('a", "13: the string has no closing quote"},
      Case{"States.Array('a\\')", "13: the string has no closing quote"},
      Case{"States.Array('a\\", "15: a backslash in a string stands only before ' { } or \\; write \\\\ for itself"},
      Case{"States.Format('\\n')", "15: a backslash in a string stands only before ' { } or \\; write \\\\ for itself"},
      Case{"States.Format('He said \\\"hi\\\"')",
           "23: a backslash in a string stands only before ' { } or \\; write \\\\ for itself"},
      Case{"States.Array(\"a\")", "13: strings stand in single quotes"},
      Case{"States.Array(abc)", R"x(13: "abc" is no string in single quotes, number, path or call)x"},
      Case{"States.Array(True)", R"x(13: "True" is no string in single quotes, number, path or call)x"},
      Case{"States.Array([1])", R"x(13: "[1])" is no string in single quotes, number, path or call)x"},
      Case{"States.Array(1.)", R"x(13: "1." is no number)x"}, Case{"States.Array(01)", R"x(13: "01" is no number)x"},
      Case{"States.Array(-)", R"x(13: "-" is no number)x"},
      Case{"States.Array(1e999)", R"x(13: the number "1e999" is too large)x"},
      Case{"States.Array(0x10)", R"x(13: "0x10" is no number)x"},
      Case{"States.Nope($.x)", R"x(0: unknown function "States.Nope")x"},
      Case{"States.Formt('a')", R"x(0: unknown function "States.Formt"; did you mean "States.Format"?)x"},
      Case{"states.format('a')", R"x(0: unknown function "states.format"; did you mean "States.Format"?)x"},
      Case{"MathAdd(1, 2)", R"x(0: unknown function "MathAdd"; did you mean "States.MathAdd"?)x"},
      Case{"States.Array(States.Aray())", R"x(13: unknown function "States.Aray"; did you mean "States.Array"?)x"},
      Case{"States.Array(\xff)", "13: the text is not UTF-8"},
      Case{"States.JsonToString($.a[)", "20: a bracket of the path is not closed"});
  DYNAMIC_SECTION(c.text) {
    CHECK(syntax_error(c.text) == c.error);
  }
}

TEST_CASE("a path argument ends where its brackets and quotes end", "[intrinsic]") {
  struct Case {
    const char* call;
    std::vector<std::string> paths;
  };
  const auto c =
      GENERATE(Case{"States.Array($.a,$.b)", {"$.a", "$.b"}}, Case{"States.Array($.a , $$.b )", {"$.a", "$$.b"}},
               Case{"States.Array($['a,b)'], $x.y)", {"$['a,b)']", "$x.y"}},
               Case{"States.Array($.a[?(@.b == 'x,)]')], 1)", {"$.a[?(@.b == 'x,)]')]"}},
               Case{R"(States.Array($['it\'s)'], 1))", {R"($['it\'s)'])"}},
               Case{"States.Array($.a[?(@.b =~ /.*[')]/i)].c)", {"$.a[?(@.b =~ /.*[')]/i)].c"}},
               Case{"States.Format('{}', States.Array($..c, 1), $)", {"$..c", "$"}});
  DYNAMIC_SECTION(c.call) {
    const auto call = Call::parse(c.call);
    if (!call) FAIL(call.error().message);
    std::vector<std::string> paths;
    call->for_each_query([&](const path::Query& query, Span span) {
      paths.push_back(query.text());
      CHECK(call->text().substr(span.begin, span.end - span.begin) == query.text());
    });
    CHECK(paths == c.paths);
  }
}

TEST_CASE("calls nest ten deep and no deeper", "[intrinsic]") {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "States.Array(";
    return text + std::string(depth, ')');
  };
  CHECK(syntax_error(nested(9)).empty());
  CHECK(syntax_error(nested(10)).empty());
  CHECK(run(nested(10)) == "[[[[[[[[[[]]]]]]]]]]");
  CHECK(syntax_error(nested(11)) == "130: calls are nested more than 10 deep");
  // Side by side they do not count.
  std::string wide = "States.Array(" + nested(9);
  for (int i = 0; i < 1000; ++i) wide += "," + nested(9);
  CHECK(syntax_error(wide + ")").empty());
}

TEST_CASE("the parsed tree shows functions, literals and places", "[intrinsic]") {
  const auto call = Call::parse("States.Hash(States.Format('\\{{}', $.a), 'MD4') ");
  REQUIRE(call);
  CHECK(call->function() == "States.Hash");
  CHECK(call->text() == "States.Hash(States.Format('\\{{}', $.a), 'MD4') ");
  const Invocation& root = call->root();
  CHECK(root.function == find_function("States.Hash"));
  CHECK(root.span == Span{0, 46});
  REQUIRE(root.arguments.size() == 2);
  REQUIRE(root.arguments[1].literal());
  CHECK(root.arguments[1].literal()->as_string() == "MD4");
  CHECK(root.arguments[1].span == Span{40, 45});
  const Invocation* inner = root.arguments[0].call();
  REQUIRE(inner);
  CHECK(inner->arguments[0].literal()->as_string() == "\\{{}");
  CHECK(*count_placeholders(inner->arguments[0].literal()->as_string()) == 1);
  CHECK(inner->arguments[1].query()->text() == "$.a");
  CHECK(has_right_arity(root));
  CHECK_FALSE(has_right_arity(Call::parse("States.Hash('a')")->root()));
  CHECK_FALSE(has_right_arity(Call::parse("States.UUID(1)")->root()));
}

TEST_CASE("hostile texts end soon", "[intrinsic]") {
  constexpr std::size_t mib = 1 << 20;
  const auto repeated = [](std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  CHECK_FALSE(syntax_error(repeated("States.Array(", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(" + repeated("'", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(" + repeated("\\", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array('" + repeated("\\'", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(" + repeated("(", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array($" + repeated("[", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array($" + repeated("(", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array($[?(@ =~ " + repeated(" /", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(" + repeated(",", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(" + repeated("9", mib) + ")").empty());
  CHECK_FALSE(syntax_error(repeated("A", mib) + "(").empty());
  CHECK_FALSE(syntax_error(repeated(" ", mib)).empty());
  CHECK_FALSE(syntax_error("States.Array(1" + repeated(" ", mib)).empty());
  CHECK_FALSE(syntax_error(std::string("States.Array(\0)", 15)).empty());
  // Messages stay short.
  CHECK(syntax_error("States.Array() " + repeated("\xE2\x86\x92", mib)).size() < 200);
  CHECK(syntax_error("States.Array(0." + repeated("1", mib) + ")").empty());
}

TEST_CASE("a call takes hundreds of thousands of arguments", "[intrinsic]") {
  for (const std::size_t count : {4, 5, 255, 300'000}) {
    std::string text = "States.ArrayLength(States.Array(0";
    for (std::size_t i = 1; i < count; ++i) text += ",0";
    CHECK(run(text + "))") == std::to_string(count));
  }
}
