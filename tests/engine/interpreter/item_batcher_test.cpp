#include "engine/interpreter/item_batcher.h"

#include "engine/document/document.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

using namespace stepglass;

namespace {

std::vector<Value> numbers(int count) {
  std::vector<Value> items;
  for (int i = 0; i < count; ++i) items.emplace_back(i);
  return items;
}

std::string shown(const Batches& batches) {
  std::string out;
  for (const Value& input : batches.inputs) out += to_json(input);
  return out;
}

}  // namespace

TEST_CASE("batches hold as many items as they may", "[interpreter][batcher]") {
  CHECK(shown(batches_of(numbers(5), {.items = 2, .bytes = {}, .input = {}})) ==
        R"({"Items":[0,1]}{"Items":[2,3]}{"Items":[4]})");
  CHECK(shown(batches_of(numbers(4), {.items = 2, .bytes = {}, .input = {}})) == R"({"Items":[0,1]}{"Items":[2,3]})");
  CHECK(shown(batches_of(numbers(2), {.items = 9, .bytes = {}, .input = {}})) == R"({"Items":[0,1]})");
  CHECK(batches_of({}, {.items = 2, .bytes = {}, .input = {}}).inputs.empty());
  CHECK(batches_of(numbers(5), {.items = 2, .bytes = {}, .input = {}}).sizes == std::vector<std::uint32_t>{2, 2, 1});
}

TEST_CASE("batches carry the BatchInput", "[interpreter][batcher]") {
  const Value input = *read_value(R"({"k": 1})");
  CHECK(shown(batches_of(numbers(2), {.items = 1, .bytes = {}, .input = input})) ==
        R"({"BatchInput":{"k":1},"Items":[0]}{"BatchInput":{"k":1},"Items":[1]})");
}

TEST_CASE("the bytes of a batch are those of the whole input", "[interpreter][batcher]") {
  // {"Items":[0,1]} has 15 bytes.
  CHECK(batches_of(numbers(2), {.items = {}, .bytes = 16, .input = {}}).inputs.size() == 1);
  CHECK(batches_of(numbers(2), {.items = {}, .bytes = 15, .input = {}}).inputs.size() == 1);
  CHECK(batches_of(numbers(2), {.items = {}, .bytes = 14, .input = {}}).inputs.size() == 2);
  const auto bytes = GENERATE(20u, 33u, 64u, 100u);
  const Batches batches = batches_of(numbers(200), {.items = {}, .bytes = bytes, .input = Value("b")});
  for (const Value& input : batches.inputs) {
    const bool alone = input.find("Items")->size() == 1;
    CHECK((alone || json_size(input) <= bytes));
  }
}

TEST_CASE("the smaller of both limits cuts a batch", "[interpreter][batcher]") {
  CHECK(shown(batches_of(numbers(4), {.items = 3, .bytes = 15, .input = {}})) == R"({"Items":[0,1]}{"Items":[2,3]})");
  CHECK(shown(batches_of(numbers(4), {.items = 1, .bytes = 15, .input = {}})) ==
        R"({"Items":[0]}{"Items":[1]}{"Items":[2]}{"Items":[3]})");
}

TEST_CASE("an item too large for any batch is one by itself", "[interpreter][batcher]") {
  const std::vector<Value> items = {Value(1), Value("a long text"), Value(2)};
  CHECK(shown(batches_of(items, {.items = {}, .bytes = 12, .input = {}})) ==
        R"({"Items":[1]}{"Items":["a long text"]}{"Items":[2]})");
}
