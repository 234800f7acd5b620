#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {

TEST_CASE("dates without a picture are those of the picture of ISO 8601", "[jsonata]") {
  const auto millis = GENERATE("0", "1", "-1", "1735689600000", "1709208059999", "951782400000", "-62135596800000",
                               "-62167219200000", "-62167219200001", "253402300799999", "253402300800000", "1e15",
                               "-1e15", "8.64e15", "-8.64e15", "1710670830456.9", "4107542400000");
  DYNAMIC_SECTION(millis) {
    const std::string call = "$fromMillis(" + std::string(millis);
    const std::string plain = evaluated(call + ")");
    CHECK(plain == evaluated(call + ", '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]')"));
    CHECK(plain.starts_with('"'));
  }
}

TEST_CASE("dates without a picture give what the reference gives", "[jsonata]") {
  struct Row {
    const char* expression;
    const char* gives;
  };
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {R"($fromMillis(0))", R"("1970-01-01T00:00:00.000Z")"},
      {R"($fromMillis(-1))", R"("1969-12-31T23:59:59.999Z")"},
      {R"($fromMillis(1709208059999))", R"("2024-02-29T12:00:59.999Z")"},
      {R"($fromMillis(-62135596800000))", R"("0001-01-01T00:00:00.000Z")"},
      {R"($fromMillis(-62167219200000))", R"("0000-01-01T00:00:00.000Z")"},
      {R"($fromMillis(-62167219200001))", R"("-0001-12-31T23:59:59.999Z")"},
      {R"($fromMillis(253402300799999))", R"("9999-12-31T23:59:59.999Z")"},
      {R"($fromMillis(253402300800000))", R"("0000-01-01T00:00:00.000Z")"},
      {R"($fromMillis(1710670830456.9))", R"("2024-03-17T10:20:30.456Z")"},
      {R"($fromMillis(8.64e15))", R"("5760-09-13T00:00:00.000Z")"},
      {R"($fromMillis(nothing))", R"(undefined)"},
      {R"($fromMillis(0,nothing,"+0530"))", R"("1970-01-01T05:30:00.000+05:30")"},
      {R"($fromMillis(-0.5))", R"("1970-01-01T00:00:00.000Z")"},
      {R"($toMillis("2024-02-29T12:00:00.5Z"))", R"(1709208000500)"},
      {R"($toMillis("2024-02-29"))", R"(1709164800000)"},
      {R"($toMillis("2024"))", R"(1704067200000)"},
      {R"($toMillis("2024-02-29T12:00:00+0130"))", R"(1709202600000)"},
      {R"($toMillis("2024-02-30"))", R"(1709251200000)"},
      {R"($toMillis("nonsense"))", R"(error D3110)"},
      {R"($toMillis(""))", R"(error D3110)"},
      {R"($fromMillis($toMillis("2024-03-17T10:20:30.456Z")+86400000))", R"("2024-03-18T10:20:30.456Z")"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression) == row.gives);
  }
}

TEST_CASE("a component that nobody knows is refused, whatever stands behind it", "[jsonata]") {
  const std::string component = GENERATE("c 1", "c0001", "cw", "cI", "q1", "cN", "cn");
  DYNAMIC_SECTION(component) {
    CHECK(evaluated("$fromMillis(0, '[" + component + "]')") == "error D3133");
    CHECK(evaluated("$toMillis('1', '[" + component + "]')") == "error D3133");
  }
}

}  // namespace stepglass::jsonata
