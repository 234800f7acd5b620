#include "tests/engine/jsonata/fixture.h"

using namespace stepglass;
using namespace stepglass::jsonata;

namespace {

struct Row {
  const char* expression;
  const char* gives;
};

}  // namespace

TEST_CASE("Base64 and URLs are what the reference makes of them", "[jsonata]") {
  // Checked against npm jsonata 2.2.2.
  const auto row = GENERATE(values<Row>({
      {"$base64encode('hello:world')", R"("aGVsbG86d29ybGQ=")"},
      {"$base64encode('')", R"("")"},
      {"$base64encode('é')", R"("6Q==")"},
      {"$base64encode('😀')", R"("PQA=")"},
      {"$base64encode(nothing)", "undefined"},
      {"$base64decode('aGVsbG86d29ybGQ=')", R"("hello:world")"},
      {"$base64decode('6Q==')", R"("é")"},
      {"$base64decode('!!!')", R"("")"},
      {"$base64decode('YQ==YQ==')", R"("a")"},
      {"$base64decode(nothing)", "undefined"},
      {"$encodeUrl('https://mozilla.org/?x=шеллы')", R"("https://mozilla.org/?x=%D1%88%D0%B5%D0%BB%D0%BB%D1%8B")"},
      {"$encodeUrl(\"a b%;,/?:@&=+$#-_.!~*'()[]\")", R"("a%20b%25;,/?:@&=+$#-_.!~*'()%5B%5D")"},
      {"$encodeUrlComponent(\"a b%;,/?:@&=+$#-_.!~*'()[]\")",
       R"("a%20b%25%3B%2C%2F%3F%3A%40%26%3D%2B%24%23-_.!~*'()%5B%5D")"},
      {"$encodeUrlComponent(nothing)", "undefined"},
      {"$decodeUrl('%D1%88%3D%20%f0%9f%98%80%23')", R"("ш%3D 😀%23")"},
      {"$decodeUrl('%2f%3b')", R"("%2f%3b")"},
      {"$decodeUrlComponent('%D1%88%3D%20%f0%9f%98%80%23')", R"("ш= 😀#")"},
      {"$decodeUrl('%')", "error D3140"},
      {"$decodeUrl('%E0%A4%A')", "error D3140"},
      {"$decodeUrlComponent('%80')", "error D3140"},
      {"$decodeUrlComponent('%C3(')", "error D3140"},
      {"$decodeUrlComponent('%ED%A0%80')", "error D3140"},
      {"$decodeUrlComponent('%zz')", "error D3140"},
      {"$encodeUrl(1)", "error T0410"},
  }));
  DYNAMIC_SECTION(row.expression) {
    CHECK(evaluated(row.expression, "{}") == row.gives);
  }
}

TEST_CASE("in Step Functions what is no Base64 is an internal error", "[jsonata]") {
  struct Case {
    const char* text;
    bool fails;
  };
  // "!!!" was measured on the service; the others are how java.util.Base64 reads.
  const auto c = GENERATE(values<Case>({{"!!!", true},
                                        {"YQ==", false},
                                        {"YQ", false},
                                        {"YWI=", false},
                                        {"", false},
                                        {"Y", true},
                                        {"YQ=", true},
                                        {"YQ===", true},
                                        {"YW-_", true},
                                        {"YW Jj", true}}));
  DYNAMIC_SECTION(c.text) {
    const auto expression = Expression::compile("$base64decode('" + std::string(c.text) + "')", Dialect::States);
    REQUIRE(expression);
    TestEnvironment environment;
    Budget budget;
    const auto result = expression->evaluate(nullptr, environment, budget);
    CHECK(static_cast<bool>(result) == !c.fails);
    if (!result) CHECK(result.error().internal);
  }
}
