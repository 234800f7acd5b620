// stepglass eval: the value on standard output, everything else on standard error, and the exit status.

#include <string>

#include "tests/analysis/cli/program.h"
#include "tests/support/catch.h"

using namespace stepglass::cli;

TEST_CASE("eval: values go to standard output, why there is none to standard error", "[cli]") {
  struct Row {
    std::string arguments;
    int status;
    std::string out;
    std::string error;  // all of standard error
  };
  const Row rows[] = {
      {"eval '1 + 1'", 0, "2\n", ""},
      {"eval -- '-5'", 0, "-5\n", ""},
      {"eval '{% \"a\" & \"b\" %}'", 0, "\"ab\"\n", ""},
      {"eval '{\"a\": [1, []], \"b\": {}, \"c\": {\"d\": 1e21}}'", 0,
       "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {},\n  \"c\": {\n    \"d\": 1e+21\n  }\n}\n", ""},
      {"eval -c '{\"a\": [1, []], \"b\": {}}'", 0, "{\"a\":[1,[]],\"b\":{}}\n", ""},
      {"eval '\"\\u009b\\n\"'", 0, "\"\u009b\\n\"\n", ""},
      {"eval n -d inputs.json", 0, "7\n", ""},
      {"eval n -d - < inputs.json", 0, "7\n", ""},
      {"eval n -i @inputs.json", 0, "7\n", ""},
      {"eval n -i '{\"n\": 8}'", 0, "8\n", ""},
      {"eval @expression.jsonata -i 2", 0, "3\n", ""},
      {"eval '$a & $b' --bind a=1 --bind '$b=\"x=y\"'", 0, "\"1x=y\"\n", ""},
      {"eval '$a.n' --bind a=@inputs.json", 0, "7\n", ""},
      {"eval '$states.input.n + $m' --states -d inputs.json --bind m=1", 0, "8\n", ""},
      {"eval '$states.result' --states -i '{\"input\": 1, \"result\": 2}'", 0, "2\n", ""},
      {"eval '$states.input.other' --states -i '{\"input\": 1, \"other\": 2}'", 0, "2\n", ""},
      {"eval '$random() = $random()' --seed 7", 0, "false\n", ""},
      {"eval n", 0, "", "undefined: the expression gives nothing\n"},
      {"eval '$sum'", 0, "", "the expression gives a function\n"},
      {"eval '[$sum]'", 0, "", "the value has a function in it, which is no JSON\n"},
      {"eval '1 +'", 1, "", "error: S0207: Unexpected end of expression\n  ┌─ expression:1:4\n1 │ 1 +\n  │    ^\n"},
      {"eval '\"é\" + 1'", 1, "",
       "error: T2001: The left side of the \"+\" operator must evaluate to a number\n"
       "  ┌─ expression:1:5\n1 │ \"é\" + 1\n  │     ^\n"},
      {"eval '(1;\n  $sum(\"a\"))'", 1, "",
       "error: T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"\n"
       "  ┌─ expression:2:3\n2 │   $sum(\"a\"))\n  │   ^^^^\n"},
      {"eval @broken.jsonata", 1, "", "error: S0201: Syntax error: \"b\"\n  ┌─ broken.jsonata:2:3\n2 │ a b\n  │   ^\n"},
      {"eval n --states", 1, "",
       "error: UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'n' at the top level is not supported.\n"
       "  ┌─ expression:1:1\n1 │ n\n  │ ^\n"},
      {"eval", 2, "", "error: EXPRESSION is missing\n  = help: stepglass eval --help\n"},
      {"eval 1 -i 1 -d inputs.json", 2, "", "error: --data excludes --input\n  = help: stepglass eval --help\n"},
      {"eval 1 -d no_such.json", 2, "", "error: cannot open \"no_such.json\": No such file or directory\n"},
      {"eval @no_such.jsonata", 2, "", "error: cannot open \"no_such.jsonata\": No such file or directory\n"},
      {"eval 1 -d broken_input.json", 2, "",
       "error: broken_input.json: the key \"n\" has no value (line 2, column 1)\n"
       "  = help: write a value, or delete the key\n"},
      {"eval 1 --bind a", 2, "", "error: --bind a: there is no \"=\"\n  = help: write --bind 'NAME=JSON'\n"},
      {"eval 1 --now yesterday", 2, "",
       "error: --now: \"yesterday\" is no time\n  = help: write it as 2025-01-31T12:00:00Z\n"},
  };
  std::ofstream(folder() / "inputs.json") << "{\"n\": 7}\n";
  std::ofstream(folder() / "expression.jsonata") << "$ + 1\n";
  std::ofstream(folder() / "broken.jsonata") << "/* é */\na b\n";
  for (const Row& row : rows) {
    INFO(row.arguments);
    const Called called = call(row.arguments, "LANG=C.UTF-8");
    CHECK(called.status == row.status);
    CHECK(called.out == row.out);
    CHECK(called.err == row.error);
  }
}

TEST_CASE("eval: a value that would not end is refused", "[cli]") {
  // Each level names the one below twice: little memory, more text than anybody reads.
  std::string expression = "($a := \"0123456789\";";
  for (int i = 0; i < 40; ++i) expression += "$a := [[$a], [$a]];";
  const Called called = call("eval '" + expression + "$a)'");
  CHECK(called.status == 2);
  CHECK(called.out.empty());
  CHECK(called.err == "error: the value is larger than 64 MiB\n");
}

TEST_CASE("functions: rows by a part of the name, or the page", "[cli]") {
  CHECK(call("functions sum", "LANG=C.UTF-8").out == "$sum  <a<n>:n>  $sum([1, 2.5])  →  3.5\n");
  CHECK(call("functions --markdown").out.starts_with("# Functions\n"));
  const Called none = call("functions nope");
  CHECK(none.status == 2);
  CHECK(none.err == "error: no function has \"nope\" in its name\n  = help: `stepglass functions` lists them all\n");
  CHECK(call("functions sum --markdown").status == 2);
}
