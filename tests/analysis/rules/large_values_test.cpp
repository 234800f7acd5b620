// Rules about values that no example can show, since they are too large.

#include <string>

#include "tests/analysis/rules/fixture.h"
#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::analysis;

namespace {

std::string found(const std::string& assign, const char* rest = "") {
  LintOptions options;
  options.select = {"variable-too-large"};
  return joined(lint_lines(R"({"StartAt": "A", )" + std::string(rest) + R"("States": {"A": {"Type": "Pass",
"Assign": )" + assign + R"(, "End": true}}})",
                           options));
}

}  // namespace

TEST_CASE("a constant that is too large for a variable is found", "[rules]") {
  const std::string large(262'143, 'x');
  CHECK(found(R"({"a": ")" + large + R"("})") ==
        "2:12 error ASL503 variable-too-large: 262145 bytes are more than the 262144 that a variable may have\n");
  CHECK(found(R"({"a": ")" + large.substr(1) + R"("})") == "");
  CHECK(found(R"({"a": {"b": ")" + large + R"(", "c.$": "$.c"}})") != "");
  // What is evaluated can be of any size.
  CHECK(found(R"json({"a": {"b.$": "States.Format(')json" + large + R"json(', 1)"}})json") == "");
  CHECK(found(R"({"a": "{% ')" + large + R"(' %}"})", R"("QueryLanguage": "JSONata", )") == "");
  CHECK(found(R"({"a": ")" + large + R"(${Name}"})") == "");
}
