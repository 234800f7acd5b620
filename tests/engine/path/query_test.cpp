#include "engine/path/query.h"

#include <map>

#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"
#include "tests/support/json_value.h"

namespace stepglass::path {
namespace {

class Fixed : public Surroundings {
 public:
  const Value& context() override {
    ++asked;
    return context_;
  }
  const Value* variable(std::string_view name) override {
    ++asked;
    const auto it = variables_.find(std::string(name));
    return it == variables_.end() ? nullptr : &it->second;
  }
  std::uint64_t& steps_left() override { return steps; }

  std::uint64_t steps = kMaxRunSteps;

  int asked = 0;

 private:
  Value context_ = json_value(R"({"State": {"Name": "Pay"}})");
  std::map<std::string, Value> variables_ = {
      {"order", json_value(R"({"id": 7, "items": [1, 2]})")}, {"x1", Value(1)}, {"größe", Value("L")}};
};

const char* const kDocument = R"({"a": 1, "l": [1, 2, 3], "m": 2})";

std::string outcome(std::string_view text) {
  const auto query = Query::parse(text);
  if (!query) return "invalid at " + std::to_string(query.error().offset) + ": " + query.error().message;
  Fixed surroundings;
  const Value document = json_value(kDocument);
  const auto value = query->evaluate(document, surroundings);
  if (query->is_definite()) {
    const Value* found = query->find(document, surroundings);
    if (static_cast<bool>(found) != static_cast<bool>(value)) return "find() and evaluate() differ";
  }
  return value ? to_json(*value) : value.error().message;
}

}  // namespace

TEST_CASE("a Query starts from the document, the context object or a variable", "[path]") {
  struct Row {
    const char* query;
    const char* expected;
  };
  const auto row = GENERATE(values<Row>({
      {"$", R"({"a":1,"l":[1,2,3],"m":2})"},
      {"$.a", "1"},
      {"$['a']", "1"},
      {"$$", R"({"State":{"Name":"Pay"}})"},
      {"$$.State.Name", "\"Pay\""},
      {"$$['State']", R"({"Name":"Pay"})"},
      {"$order", R"({"id":7,"items":[1,2]})"},
      {"$order.id", "7"},
      {"$order.items[*]", "[1,2]"},
      {"$order['items'][-1]", "2"},
      {"$order.items[?(@ > $.id)]", "[]"},  // $ is the variable here
      {"$x1", "1"},
      {"$größe", "\"L\""},
      {"$none", "the variable $none has no value"},
      {"$none.a", "the variable $none has no value"},
      {"$.l[?(@ > $.m)]", "[3]"},
      {"$.no", "No results for path: $['no']"},
      {"$.no.a", "Missing property in path $['no']"},
      {"$.a.b", "Property ['b'] not found in path $['a']"},
      {"$.l[9]", "No results for path: $['l'][9]"},
      {"$.no[*]", "[]"},
      {"$.no.items[:1]", "[]"},
      {"$.a[1:].b", "[]"},
      {"$.['a']", "1"},
      {"$.l.[0]", "1"},
      {"", "invalid at 0: a path starts with $"},
      {"a", "invalid at 0: a path starts with $"},
      {"@.a", "invalid at 0: a path starts with $"},
      {"$$$", "invalid at 2: Illegal character at position 1 expected '.' or '['"},
      {"$$State", "invalid at 2: Illegal character at position 1 expected '.' or '['"},
      {"$5", "invalid at 1: Illegal character at position 1 expected '.' or '['"},
      {"$order[", "invalid at 7: the path ends too early"},
  }));
  DYNAMIC_SECTION(row.query) {
    CHECK(outcome(row.query) == row.expected);
  }
}

TEST_CASE("a Query asks for its surroundings only when it needs them", "[path]") {
  Fixed surroundings;
  const Value document = json_value(kDocument);
  (void)Query::parse("$.a")->evaluate(document, surroundings);
  CHECK(Query::parse("$.a")->find(document, surroundings));
  CHECK(surroundings.asked == 0);
  const auto query = Query::parse("$order.id");
  CHECK(query->root() == Query::Root::Variable);
  CHECK(query->variable() == "order");
  CHECK(query->text() == "$order.id");
  CHECK(query->path().normalised() == "$['id']");
}

}  // namespace stepglass::path
