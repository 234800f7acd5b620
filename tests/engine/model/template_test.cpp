#include "engine/model/template.h"

#include "engine/model/state_machine.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/engine/model/fixture.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

class Fixed : public path::Surroundings {
 public:
  const Value& context() override { return context_; }
  const Value* variable(std::string_view name) override { return name == "v" ? &variable_ : nullptr; }
  std::uint64_t& steps_left() override { return steps; }

  std::uint64_t steps = kMaxRunSteps;

 private:
  Value context_ = *read_value(R"({"Execution":{"Name":"run"}})");
  Value variable_ = *read_value(R"({"x":1})");
};

/// What the Parameters `text` give for `input`, or the failure.
std::string evaluate(std::string_view text, std::string_view input) {
  const Document document = read_json(in_state(fmt::format(R"({{"Type":"Pass","Parameters":{},"End":true}})", text)));
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  REQUIRE_FALSE(has_errors(loaded.diagnostics));
  const State* state = find_state(loaded.machine->scope, "A");
  const auto& parameters = std::get<Template>(std::get<Pass>(state->kind).parameters);
  Fixed surroundings;
  Random random(1);
  const Value value = *read_value(input);
  const auto result = parameters.evaluate(value, *read_value(R"({"state":"input"})"), surroundings, random);
  return result ? to_json(*result) : fmt::format("{}: {}", *result.error().error, *result.error().cause);
}

struct Case {
  const char* text;
  const char* input;
  const char* result;
};

const Case kTemplates[] = {
    {R"({"a":1,"b":[null,"$.x"]})", "{}", R"({"a":1,"b":[null,"$.x"]})"},
    {R"("text")", "{}", R"("text")"},
    {R"({"a.$":"$.x","b":2})", R"({"x":5})", R"({"b":2,"a":5})"},
    {R"({"a.$":"$"})", R"([1])", R"({"a":[1]})"},
    {R"({"a.$":"$$.Execution.Name","b.$":"$v.x"})", "{}", R"({"a":"run","b":1})"},
    {R"~({"a.$":"States.Format('{}-{}', $.x, 2)"})~", R"({"x":5})", R"({"a":"5-2"})"},
    {R"({"a.$":"$.l[*]"})", R"({"l":[1,2]})", R"({"a":[1,2]})"},
    {R"~({"a.$":"$.l[?(@>5)]"})~", R"({"l":[1,2]})", R"({"a":[]})"},
    // Copied members come first, as written; a nested object with something dynamic in it counts as copied.
    {R"({"z.$":"$.x","b":{"c.$":"$.x"},"a":1,"y.$":"$.x","d":[{"e.$":"$.x"},7]})", R"({"x":0})",
     R"({"b":{"c":0},"a":1,"d":[{"e":0},7],"y":0,"z":0})"},
    // The dynamic ones come in the order of a Java HashMap of 16 buckets: FunctionName is in bucket 1, Payload in 10.
    {R"({"Payload.$":"$.p","FunctionName.$":"$.f"})", R"({"f":"f","p":1})", R"({"FunctionName":"f","Payload":1})"},
    // An index behind the end gives null; any other miss fails.
    {R"({"a.$":"$.l[5]"})", R"({"l":[1]})", R"({"a":null})"},
    {R"({"a.$":"$.no[0]"})", R"({"l":[1]})",
     R"(States.Runtime: The JSONPath '$.no[0]' specified for the field 'a.$' could not be found in the input '{"l":[1]}')"},
    {R"({"b":{"a.$":"$.x"}})", R"({"y":1})",
     R"(States.Runtime: The JSONPath '$.x' specified for the field 'a.$' could not be found in the input '{"y":1}')"},
    // Context and variable paths show the state's input.
    {R"({"a.$":"$$.Task.Token"})", R"({"y":1})",
     R"(States.Runtime: The JSONPath '$$.Task.Token' specified for the field 'a.$' could not be found in the input )"
     R"('{"state":"input"}')"},
    {R"({"a.$":"$w.x"})", R"({"y":1})",
     R"(States.Runtime: The JSONPath '$w.x' specified for the field 'a.$' could not be found in the input )"
     R"('{"state":"input"}')"},
};

struct Order {
  std::vector<std::string> keys;
  std::vector<std::size_t> order;
};

// Checked against java.util.HashMap: the hash of "a" is 97, in a table of 16 in bucket 1.
const Order kOrders[] = {
    {{}, {}},
    {{"b", "a"}, {1, 0}},
    {{"p", "a"}, {0, 1}},                   // 112 % 16 = 0
    {{"q", "a"}, {0, 1}},                   // both in bucket 1: as inserted
    {{"a", "q"}, {0, 1}},                   //
    {{"Payload", "FunctionName"}, {1, 0}},  // 10 and 1
    {{"\xC3\xBC", "b"}, {1, 0}},            // U+00FC: 252 % 16 = 12
    {{"\xF0\x9F\x98\x80", "b"}, {1, 0}},    // U+1F600 is the units D83D DE00: hash 1772899, spread in bucket 8
    // Thirteen keys fill more than three quarters of 16 buckets: 32 then, in which q (113 % 32 = 17) follows b.
    {{"q", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0}},
    {{"q", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

}  // namespace

TEST_CASE("a template gives its members in the service's order", "[model]") {
  for (const Case& c : kTemplates) {
    INFO(c.text);
    CHECK(evaluate(c.text, c.input) == c.result);
  }
}

TEST_CASE("dynamic members come in the order of a Java HashMap", "[model]") {
  for (const Order& c : kOrders) {
    INFO((c.keys.empty() ? std::string("none") : c.keys[0]));
    CHECK(java_hash_order(c.keys) == c.order);
  }
}

TEST_CASE("a template without anything dynamic shares its value", "[model]") {
  const Document document = read_json(in_state(R"({"Type":"Pass","Parameters":{"a":[1,2,3]},"End":true})"));
  const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
  const State* state = find_state(loaded.machine->scope, "A");
  const auto& parameters = std::get<Template>(std::get<Pass>(state->kind).parameters);
  Fixed surroundings;
  Random random(1);
  const auto first = parameters.evaluate(Value(), Value(), surroundings, random);
  const auto second = parameters.evaluate(Value(), Value(), surroundings, random);
  REQUIRE((first && second));
  CHECK(first->is_same(*second));
}

}  // namespace stepglass
