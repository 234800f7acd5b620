#include "analysis/rules/framework/reads.h"

#include <string>

#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

TEST_CASE("the variables of an expression are those that it does not bind itself", "[rules]") {
  struct Row {
    const char* text;
    const char* names;
  };
  const Row rows[] = {
      {"$a + $b.c[0]", "a b"},
      {"$states.input.x", ""},
      {"$count($items)", "items"},
      {"($x := 1; $x + $y)", "y"},
      {"$map($items, function($v, $i) { $v + $i + $total })", "items total"},
      {"$map($names, $uppercase)", "names"},
      {"orders@$o.lines[$o.id = $wanted]", "wanted"},
      {"items#$i.($i * $factor)", "factor"},
      {"\"$text\" & '$other' & $real", "real"},
      {"/* $comment */ $a", "a"},
      {"$a & $match($b, /[$]x\\/$y/)", "a b"},
      {"`$quoted`", ""},
      {"$$ . $", ""},
      {"$a + $a", "a"},
      {"$", ""},
      {"\"open $a", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      std::string names;
      for (const std::string& name : free_variables(row.text)) names += (names.empty() ? "" : " ") + name;
      CHECK(names == row.names);
    }
  }
}

TEST_CASE("the definite beginning of a path", "[rules]") {
  struct Row {
    const char* text;
    const char* steps;
    bool complete;
  };
  const Row rows[] = {
      {"", "", true},
      {".a.b[0]", ".a.b[0]", true},
      {"['a b'][\"c\"]", ".a b.c", true},
      {".a[*].b", ".a", false},
      {"..a", "", false},
      {".a[0:2]", ".a", false},
      {".a[?(@.b)]", ".a", false},
      {".a[-1]", ".a", false},
      {".['a']", "", false},
      {".length()", "", false},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      const Steps steps = read_steps(row.text);
      CHECK(steps_text(steps.steps) == row.steps);
      CHECK(steps.complete == row.complete);
    }
  }
}
