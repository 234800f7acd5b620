#include "analysis/report/function_pages.h"

#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/catch.h"

using namespace stepglass::analysis;

TEST_CASE("FUNCTIONS.md is what the tables of functions say", "[report]") {
  std::ifstream in(STEPGLASS_SOURCE_DIR "/engine/FUNCTIONS.md");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  // To make it: stepglass functions --markdown > engine/FUNCTIONS.md
  CHECK(text == functions_markdown());
}

TEST_CASE("each function is a row of the page", "[report]") {
  const std::string page = functions_markdown();
  CHECK(page.find("| `$sum` | `<a<n>:n>` | `$sum([1, 2.5])` | `3.5` |\n") != std::string::npos);
  CHECK(page.find("| `States.ArrayGetItem` | `(array, number) any` |") != std::string::npos);
  CHECK(page.find("| `States.Format` | `(any, …) string` |") != std::string::npos);
  CHECK(page.find("| `States.MathRandom` | `(number, number, [number]) number` |") != std::string::npos);
}

TEST_CASE("functions are listed by a part of their names", "[report]") {
  CHECK(list_functions("SUM", {}) == "$sum  <a<n>:n>  $sum([1, 2.5])  →  3.5\n");
  CHECK(list_functions("no such", {}).empty());
  CHECK(list_functions("partition", {.ascii = true}) ==
        "$partition             <a-n:a<a>>             $partition([1, 2, 3, 4, 5], 2)  ->  [[1,2],[3,4],[5]]  in Step "
        "Functions\n"
        "States.ArrayPartition  (array, number) array  States.ArrayPartition(States.Array(1, 2, 3, 4, 5), 2)  ->  "
        "[[1,2],[3,4],[5]]\n");
}
