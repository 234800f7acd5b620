#include "analysis/report/excerpt.h"

#include <string>
#include <string_view>

#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

std::string excerpt(std::string text, std::uint32_t begin, std::uint32_t end, Style style = {}) {
  const Document document = read_json(std::move(text));
  Diagnostic diagnostic;
  diagnostic.message = "wrong";
  diagnostic.help = "put it right";
  diagnostic.span = {begin, end};
  return excerpt_text(diagnostic, document, "a.json", style);
}

}  // namespace

TEST_CASE("a diagnostic shows its line with a mark below", "[report]") {
  CHECK(excerpt("{\n  \"a\": tru,\n}", 9, 12) ==
        "error: wrong\n"
        "  ┌─ a.json:2:8\n"
        "2 │   \"a\": tru,\n"
        "  │        ^^^\n"
        "  = help: put it right\n");
  CHECK(excerpt("{}", 0, 2, {.ascii = true, .width = 80}) ==
        "error: wrong\n"
        "  --> a.json:1:1\n"
        "1 | {}\n"
        "  | ^^\n"
        "  = help: put it right\n");
}

TEST_CASE("a mark stands below what is meant, whatever is before it", "[report]") {
  // Tabs are two columns here, wide characters two, and what ends behind the line is marked up to its end.
  CHECK(excerpt("\t\"日\": x\r\n2", 8, 11).find("1 │   \"日\": x\n  │         ^\n") != std::string::npos);
  CHECK(excerpt("[1,\n2", 1, 5).find("1 │ [1,\n  │  ^^\n") != std::string::npos);
  // At the end of the text there is still one mark.
  CHECK(excerpt("[1", 2, 2).find("1 │ [1\n  │   ^\n") != std::string::npos);
  CHECK(excerpt("", 0, 0).find("1 │ \n  │ ^\n") != std::string::npos);
}

TEST_CASE("of a long line only the surroundings are shown", "[report]") {
  const std::string text = "[" + std::string(5000, ' ') + "x" + std::string(5000, ' ') + "]";
  const std::string shown = excerpt(text, 5001, 5002);
  CHECK(shown.find("1 │ …") != std::string::npos);
  CHECK(shown.size() < 600);
  const std::string everything = excerpt(text, 0, 10'003);
  CHECK(everything.size() < 600);
}

TEST_CASE("what a definition holds cannot reach the terminal as a command", "[report]") {
  const std::string shown = excerpt("[\"\x1b[31m\xE2\x80\xAE\"]", 1, 5);
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(shown.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(excerpt("\"\xFF\"", 0, 3).find("\\xFF") != std::string::npos);
}
