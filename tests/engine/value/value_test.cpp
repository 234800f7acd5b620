#include "engine/value/value.h"

#include <limits>
#include <vector>

#include "engine/support/limits.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

Value object_of(std::size_t members) {
  ObjectBuilder builder;
  for (std::size_t i = 0; i < members; ++i) builder.set("k" + std::to_string(i), Value(static_cast<std::int64_t>(i)));
  return std::move(builder).build();
}

}  // namespace

TEST_CASE("a Value is sixteen bytes", "[value]") { CHECK(sizeof(Value) == 16); }

TEST_CASE("a text can be written in place", "[value]") {
  const String text = String::written(3, [](char* to) {
    to[0] = 'a';
    to[1] = 'b';
    to[2] = 'c';
  });
  CHECK(text == "abc");
  CHECK(Value(text) == Value("abc"));
  CHECK(String::written(0, [](char*) {}).empty());
}

TEST_CASE("strings in static storage outlive the variables of their thread", "[value]") {
  // The sanitizer looks when the program ends.
  static std::vector<String> kept;
  kept.emplace_back();
  CHECK(kept.back().empty());
}

TEST_CASE("an object keeps the order of its members and the last value of a key", "[value]") {
  ObjectBuilder builder;
  builder.set("b", Value(1));
  builder.set("a", Value(2));
  builder.set("b", Value(3));
  CHECK(to_json(std::move(builder).build()) == R"({"b":3,"a":2})");
}

TEST_CASE("equal keys are found in large objects too", "[value]") {
  ObjectBuilder builder;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 50; ++i) builder.set("k" + std::to_string(i), Value(100 * round + i));
  }
  const Value value = std::move(builder).build();
  REQUIRE(value.size() == 50);
  CHECK(value.members().front().key == std::string_view("k0"));
  CHECK(*value.find("k0") == Value(100));
  CHECK(*value.find("k49") == Value(149));
  CHECK(value.find("k50") == nullptr);
}

TEST_CASE("a changed copy leaves the original as it was, whatever the size", "[value]") {
  const std::size_t members = GENERATE(0u, 1u, 8u, 9u, 63u, 64u, 65u, 200u, 1000u);
  DYNAMIC_SECTION(members << " members") {
    const Value before = object_of(members);
    const std::string text = to_json(before);
    Value after = before;
    for (int i = 0; i < 300; ++i) after = after.with_member("n" + std::to_string(i % 40), Value(i));
    if (members > 3) after = after.with_member("k3", Value("changed"));
    CHECK(to_json(before) == text);
    CHECK(after.size() == members + 40);
    CHECK(*after.find("n39") == Value(279));
    CHECK(*after.find("n0") == Value(280));
    if (members > 3) CHECK(*after.find("k3") == Value("changed"));
    CHECK(json_size(after) == to_json(after).size());
    CHECK(after.members().size() == members + 40);
    CHECK(*after.find("n0") == Value(280));
    CHECK(after.without_member("n0").find("n0") == nullptr);
  }
}

TEST_CASE("numbers compare by value across integers and doubles", "[value]") {
  CHECK(Value(1) == Value(1.0));
  CHECK_FALSE(Value(std::int64_t{9007199254740993}) == Value(9007199254740992.0));
  CHECK(compare_numbers(Value(std::uint64_t{18446744073709551615u}), Value(std::int64_t{-1})) > 0);
  CHECK(compare_numbers(Value(std::uint64_t{18446744073709551615u}), Value(18446744073709551616.0)) < 0);
  CHECK(compare_numbers(Value(3), Value(3.5)) < 0);
  CHECK(compare_numbers(Value(-3), Value(-3.5)) > 0);
  CHECK(compare_numbers(Value(1e300), Value(std::numeric_limits<std::int64_t>::max())) > 0);
}

TEST_CASE("text is written as compact JSON", "[value]") {
  CHECK(to_json(Value("a\"\\\n\x01/é😀")) == "\"a\\\"\\\\\\n\\u0001/é😀\"");
  CHECK(json_string("a\"\\\n\x01/é😀") == "\"a\\\"\\\\\\n\\u0001/é😀\"");
  CHECK(json_size(Value("a\"\\\n\x01/é😀")) == to_json(Value("a\"\\\n\x01/é😀")).size());
}

TEST_CASE("doubles are written as Java and as ECMAScript write them", "[value]") {
  struct Case {
    double number;
    const char* java;
    const char* ecmascript;
  };
  const auto c = GENERATE(Case{1.0, "1.0", "1"}, Case{1.5, "1.5", "1.5"}, Case{0.001, "0.001", "0.001"},
                          Case{0.0001, "1.0E-4", "0.0001"}, Case{1e7, "1.0E7", "10000000"},
                          Case{9999999.0, "9999999.0", "9999999"}, Case{1e21, "1.0E21", "1e+21"},
                          Case{1e20, "1.0E20", "100000000000000000000"}, Case{1.25e-7, "1.25E-7", "1.25e-7"},
                          Case{0.1 + 0.2, "0.30000000000000004", "0.30000000000000004"}, Case{-0.0, "-0.0", "0"},
                          Case{123456789.125, "1.23456789125E8", "123456789.125"}, Case{5e-324, "5.0E-324", "5e-324"},
                          Case{1.7976931348623157e308, "1.7976931348623157E308", "1.7976931348623157e+308"},
                          Case{-42.5, "-42.5", "-42.5"}, Case{100.0, "100.0", "100"}, Case{1e-6, "1.0E-6", "0.000001"});
  DYNAMIC_SECTION(c.java) {
    CHECK(to_json(Value(c.number)) == c.java);
    CHECK(to_json(Value(c.number), NumberStyle::ECMAScript) == c.ecmascript);
    CHECK(json_size(Value(c.number)) == std::string(c.java).size());
  }
}

TEST_CASE("the size of a value that shares its parts saturates and costs nothing", "[value]") {
  Value value("x");
  for (int i = 0; i < 200; ++i) value = Value::array(std::vector<Value>{value, value});
  CHECK(json_size(value) == detail::kMaxJsonSize);
  CHECK(value.depth() == 200);
  CHECK(value == value);
}

TEST_CASE("a value at the deepest nesting is printed, compared and freed", "[value]") {
  Value a(1), b(1);
  for (std::size_t i = 0; i < kMaxValueDepth; ++i) {
    a = Value::array(std::vector<Value>{a});
    b = Value::array(std::vector<Value>{b});
  }
  CHECK(a.depth() == kMaxValueDepth);
  CHECK(a == b);
  CHECK(to_json(a).size() == 2 * kMaxValueDepth + 1);
}

}  // namespace stepglass
