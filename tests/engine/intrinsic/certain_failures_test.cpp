#include "engine/intrinsic/certain_failures.h"

#include <string>

#include "tests/support/catch.h"

using namespace stepglass;
using namespace stepglass::intrinsic;

namespace {

struct Row {
  const char* call;
  const char* failures;
};

/// What surely fails in `text`, one line each; $.text is a string, $.list an array, the rest is unknown.
std::string failures(const std::string& text) {
  const auto call = Call::parse(text);
  REQUIRE(call);
  std::string shown;
  const auto known = [](const path::Query& query) -> std::optional<Type> {
    if (query.text() == "$.text") return Type::String;
    if (query.text() == "$.list") return Type::Array;
    return std::nullopt;
  };
  for (const CertainFailure& failure : find_certain_failures(*call, known)) {
    if (!shown.empty()) shown += "; ";
    shown += describe(failure);
  }
  return shown;
}

}  // namespace

TEST_CASE("calls that surely fail are found", "[intrinsic]") {
  const auto row = GENERATE(values<Row>({
      {"States.ArrayLength($.text)", "argument 1 of States.ArrayLength is a string, not an array"},
      {"States.ArrayLength($.list)", ""},
      {"States.ArrayLength($.x)", ""},
      {"States.MathAdd($.x, '1')", "argument 2 of States.MathAdd is a string, not a number"},
      {"States.MathAdd(States.ArrayLength('a'), 'b')", "argument 1 of States.ArrayLength is a string, not an array"},
      {"States.Array(States.MathAdd(1, 'a'), States.MathAdd('a', 1))",
       "argument 2 of States.MathAdd is a string, not a number; argument 1 of States.MathAdd is a string, not a number"},
      {"States.Base64Decode(null)", "argument 1 of States.Base64Decode is null, not a string"},
      {"States.ArrayRange(1, 1000, 1)", ""},
      {"States.ArrayRange(1, 1001, 1)", "States.ArrayRange refuses these arguments"},
      {"States.ArrayRange($.x, 5, 0)", "States.ArrayRange refuses these arguments"},
      {"States.ArrayRange($.x, 5000, 1)", ""},
      {"States.ArrayGetItem(States.Array(1, 2), 1)", ""},
      {"States.ArrayGetItem(States.Array(1, 2), 2)", "States.ArrayGetItem refuses these arguments"},
      {"States.ArrayGetItem(States.Array($.x, 2), 2)", ""},
      {"States.ArrayPartition($.x, -1)", "States.ArrayPartition refuses these arguments"},
      {"States.MathRandom(5, 1)", "States.MathRandom refuses these arguments"},
      {"States.MathRandom(5, $.x)", ""},
      {"States.MathAdd(States.MathRandom(1, 9), 1)", ""},
      {"States.JsonMerge($.x, $.y, true)", "States.JsonMerge refuses these arguments"},
      {"States.StringToJson('{')", "States.StringToJson refuses these arguments"},
      {"States.StringToJson('')", ""},
      // What is told of elsewhere.
      {"States.Format('{} {}', 1)", ""},
      {"States.Hash('a', 'MD4')", ""},
      {"States.MathAdd(1)", ""},
      {"States.UUID(1)", ""},
      // What takes too much to try out.
      {"States.ArrayLength(States.ArrayUnique(States.ArrayRange(1, 1000, 1)))", ""},
  }));
  CAPTURE(row.call);
  CHECK(failures(row.call) == row.failures);
}
