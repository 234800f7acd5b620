// The operation "format": edits in the shape of fixes, which leave what is formatted alone.

#include "analysis/api/format.h"

#include <string>

#include "analysis/api/call.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

std::string asked(const std::string& text, const std::string& more = "") {
  return call("{\"op\": \"format\", \"text\": " + json_string(text) + more + "}");
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what changes has the shape of fixes: a range and what stands there then", "[api]") {
  CHECK(
      asked("{\"ä\":1,\r\n \"b\": 2}") ==
      R"({"ok":true,"result":{"edits":[)"
      R"({"range":{"start":{"line":1,"column":6,"offset":6},"end":{"line":1,"column":6,"offset":6}},"replacement":" "},)"
      R"({"range":{"start":{"line":1,"column":8,"offset":8},"end":{"line":2,"column":2,"offset":11}},"replacement":" "},)"
      R"({"range":{"start":{"line":2,"column":9,"offset":18},"end":{"line":2,"column":9,"offset":18}},"replacement":"\n"}]}})");
  CHECK(asked("{\"a\": 1}\n") == R"({"ok":true,"result":{"edits":[]}})");
  CHECK(asked("{\"a\": 1, \"a\": 1e999}\n") == R"({"ok":true,"result":{"edits":[]}})");
  CHECK(holds(asked("{\n  \"a\": 1\n}\n", ", \"indent\": 3"), R"("replacement":"\n   ")"));
  CHECK(holds(asked("[10, 20]\n", ", \"width\": 7"), R"("replacement":"\n  ")"));
}

TEST_CASE("indent and width have limits", "[api]") {
  for (const char* indent : {"0", "9", "-1", "1.5", "\"2\"", "18446744073709551616"}) {
    CAPTURE(indent);
    CHECK(holds(asked("{}", std::string(", \"indent\": ") + indent), "\\\"indent\\\" is an integer from 1 to 8"));
  }
  CHECK(holds(asked("{}", ", \"width\": 1001"), "\\\"width\\\" is an integer from 0 to 1000"));
  for (const char* good : {"\"indent\": 1", "\"indent\": 8", "\"width\": 0", "\"width\": 1000"}) {
    CAPTURE(good);
    CHECK(asked("{}\n", std::string(", ") + good) == R"({"ok":true,"result":{"edits":[]}})");
  }
  CHECK(holds(call(R"({"op": "format"})"), "\\\"text\\\" is missing"));
}

TEST_CASE("YAML keeps its layout, and what is no JSON is refused with its place", "[api]") {
  const std::string yaml = asked("StartAt: A\nStates:\n  A: {Type: Succeed}\n");
  CHECK(holds(yaml, R"("code":"NotJson")"));
  CHECK(holds(yaml, "YAML keeps the layout and the comments that its author gave it; only JSON is formatted"));
  CHECK(holds(asked("{}", R"(, "filename": "a.asl.yaml")"), "NotJson"));
  CHECK(holds(asked("{}", R"(, "filename": "a.yml")"), "NotJson"));
  const std::string broken = asked("{\n  \"a\": 1,\n}");
  CHECK(holds(broken, R"("code":"InvalidDefinition","message":"line 2, column 9: )"));
  CHECK(holds(broken, R"("diagnostics":[{"name":"json-syntax")"));
  CHECK(holds(asked(""), "line 1, column 1: "));
  CHECK(holds(asked("StartAt"), "InvalidDefinition"));
  CHECK(holds(asked(std::string(257, '[') + std::string(257, ']')), "nesting-too-deep"));
}

TEST_CASE("a reply that would be too large is refused", "[api]") {
  // Each comma is an edit of more than 100 bytes.
  std::string list = "[1";
  for (int i = 0; i < 700'000; ++i) list += ",1";
  CHECK(holds(asked(list + "]"), "ReplyTooLarge"));
}

}  // namespace stepglass::analysis
