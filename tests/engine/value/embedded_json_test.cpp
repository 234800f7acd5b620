#include "engine/value/embedded_json.h"

#include <string>

#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;

namespace {

std::string embedded(const Value& value) {
  std::string out;
  TextStage stage(out);
  EmbeddedJson(stage).add(value);
  stage.flush();
  return out;
}

std::string twice(const Value& value) {
  std::string out;
  append_json_string(out, to_json(value));
  return out;
}

Value object(std::string_view key, Value value) {
  ObjectBuilder builder;
  builder.set(key, std::move(value));
  return std::move(builder).build();
}

}  // namespace

TEST_CASE("JSON inside a JSON string is the text of the value, escaped once more", "[value]") {
  std::string text;
  for (int byte = 0; byte < 0x80; ++byte) text += static_cast<char>(byte);
  text += "\xC3\xBC\xE2\x82\xAC";
  // Each character at each place of the eight that are looked at together.
  for (std::size_t before = 0; before < 9; ++before) {
    const Value value(std::string(before, 'x') + text);
    CHECK(embedded(value) == twice(value));
    CHECK(embedded(object(value.as_string(), Value(1.5))) == twice(object(value.as_string(), Value(1.5))));
  }
  for (const Value& value : {Value(), Value(true), Value(-7), Value(~std::uint64_t{0}), Value(1e300), Value(""),
                             Value::empty_array(), Value::empty_object()}) {
    CHECK(embedded(value) == twice(value));
  }
}

TEST_CASE("what was written once is copied, whether it is staged still or not", "[value]") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{40}, std::size_t{700}, std::size_t{5000}}) {
    const Value part = object("key", Value(std::string(size, '"')));
    const Value whole = Value::array(std::vector<Value>(20, part));
    std::string out;
    TextStage stage(out);
    EmbeddedJson json(stage);
    for (int i = 0; i < 3; ++i) json.add(whole);
    stage.flush();
    CHECK(out == twice(whole) + twice(whole) + twice(whole));
  }
}

TEST_CASE("a JSON string has an escape for each byte that needs one", "[value]") {
  std::string text;
  for (int byte = 0; byte < 0x20; ++byte) text += static_cast<char>(byte);
  std::string out;
  append_json_string(out, text + "\"\\/\x7F");
  CHECK(out ==
        R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F\u0010\u0011\u0012\u0013)"
        R"(\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\"\\/)"
        "\x7F\"");
}
