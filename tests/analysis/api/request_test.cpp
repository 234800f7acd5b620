#include "analysis/api/request.h"

#include <string>
#include <string_view>

#include "tests/support/catch.h"

using namespace stepglass::analysis;

namespace {

std::string split(std::string_view text) {
  const auto members = split_object(text);
  if (!members) return "none";
  std::string out;
  for (const RequestMember& member : *members) out += member.key + "=" + std::string(member.text) + ";";
  return out;
}

}  // namespace

TEST_CASE("a request is split into its members without reading them", "[api]") {
  struct Row {
    std::string_view text, members;
  };
  const Row rows[] = {
      {"{}", ""},
      {" { } ", ""},
      {R"({"a":1})", "a=1;"},
      {" {\t\"a\" :\n1 , \"b\":[ 2 ] }\r\n", "a=1;b=[ 2 ];"},
      {R"({"a":{"b":"}"},"c":"\"}"})", R"(a={"b":"}"};c="\"}";)"},
      {R"({"\u0061\"":null})", "a\"=null;"},
      {R"({"a":1,"a":2})", "a=1;a=2;"},
      {R"({"a":nonsense})", "a=nonsense;"},
      {R"({"a":[}])", "none"},
      {"", "none"},
      {"[]", "none"},
      {"{", "none"},
      {R"({"a")", "none"},
      {R"({"a":)", "none"},
      {R"({"a":1)", "none"},
      {R"({"a":1,})", "none"},
      {R"({"a" 1})", "none"},
      {R"({a:1})", "none"},
      {R"({"a":"x)", "none"},
      {R"({"a":"x\)", "none"},
      {R"({"a":[1)", "none"},
      {R"({"a":1} x)", "none"},
      {R"({"a":,})", "none"},
      {R"({"\x":1})", "none"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.text) {
      CHECK(split(row.text) == row.members);
    }
  }
}

TEST_CASE("of very many members only the first are kept", "[api]") {
  const auto count = [](std::size_t members) {
    std::string text = "{\"a\":1";
    for (std::size_t i = 1; i < members; ++i) text += ",\"a\":1";
    return split_object(text + "}")->size();
  };
  CHECK(count(kMaxRequestMembers - 1) == kMaxRequestMembers - 1);
  CHECK(count(kMaxRequestMembers) == kMaxRequestMembers);
  CHECK(count(kMaxRequestMembers + 1) == kMaxRequestMembers + 1);
  CHECK(count(kMaxRequestMembers + 9) == kMaxRequestMembers + 1);
}

TEST_CASE("what is no JSON is told with its place", "[api]") {
  CHECK_FALSE(json_fault(R"({"a": 1, "a": 2})"));
  const auto fault = json_fault("{\n  \"a\": tru\n}");
  REQUIRE(fault);
  CHECK(fault->find("(line 2, column 8)") != std::string::npos);
}
