#include "engine/path/reference_path.h"

#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"
#include "tests/support/json_value.h"

namespace stepglass::path {

TEST_CASE("a Reference Path refuses what could select several values", "[path]") {
  struct Row {
    const char* path;
    const char* message;
    std::size_t offset;
  };
  const auto row = GENERATE(values<Row>({
      {"", "a Reference Path starts with $", 0},
      {"a", "a Reference Path starts with $", 0},
      {"$$", "a Reference Path cannot start from the context object", 0},
      {"$$.a", "a Reference Path cannot start from the context object", 0},
      {"$name.a", "behind $ a Reference Path goes on with .name, ['name'] or [index]", 1},
      {"$.a[*]", "in brackets stands a name in quotes or the index of one item", 4},
      {"$.*", "\"*\" cannot stand in a Reference Path", 2},
      {"$..a", "\"..\" selects several values", 2},
      {"$.a[0:2]", "in brackets stands a name in quotes or the index of one item", 4},
      {"$.a[0,2]", "in brackets stands a name in quotes or the index of one item", 4},
      {"$['a','b']", "in brackets stands one name or one index", 5},
      {"$[?(@.b)]", "in brackets stands a name in quotes or the index of one item", 2},
      {"$.a@b", "\"@\" cannot stand in a Reference Path", 3},
      {"$.a:b", "\":\" cannot stand in a Reference Path", 3},
      {"$.a.length()", "a name with this character stands in brackets: ['…']", 10},
      {"$.a b", "a name with this character stands in brackets: ['…']", 3},
      {"$.", "a name is missing behind the dot", 2},
      {"$.a.", "a name is missing behind the dot", 4},
      {"$.a[", "in brackets stands a name in quotes or the index of one item", 4},
      {"$.a[0", "the bracket is not closed", 3},
      {"$.a['x'", "the bracket is not closed", 3},
      {"$.a['x", "the name in brackets is not closed", 6},
      {"$.a[0]b", "a step starts with . or [", 6},
      {"$[99999999999]", "in brackets stands a name in quotes or the index of one item", 2},
  }));
  DYNAMIC_SECTION(row.path) {
    const auto path = ReferencePath::parse(row.path);
    REQUIRE_FALSE(path);
    CHECK(path.error().message == row.message);
    CHECK(path.error().offset == row.offset);
  }
}

TEST_CASE("a Reference Path names one place", "[path]") {
  struct Row {
    const char* path;
    const char* normalised;
  };
  const auto row = GENERATE(values<Row>({
      {"$", "$"},
      {"$.a.b_1", "$['a']['b_1']"},
      {"$.a-b", "$['a-b']"},
      {"$['a b'][\"c\"]", "$['a b']['c']"},
      {"$.['a'].[0]", "$['a'][0]"},
      {"$[ 0 ][-1]", "$[0][-1]"},
      {"$.store\\.book.x\\@y", "$['store.book']['x@y']"},
      {"$['a\\'b']", "$['a'b']"},
      {"$.größe", "$['größe']"},
  }));
  DYNAMIC_SECTION(row.path) {
    const auto path = ReferencePath::parse(row.path);
    REQUIRE(path);
    CHECK(path->path().normalised() == row.normalised);
    CHECK(path->text() == row.path);
    CHECK(path->is_root() == (std::string_view(row.path) == "$"));
  }
}

TEST_CASE("a Reference Path reads the place it names", "[path]") {
  const Value value = json_value(R"({"a": {"b": [1, 2]}, "n": null})");
  CHECK(to_json(*ReferencePath::parse("$.a.b[1]")->evaluate(value)) == "2");
  CHECK(ReferencePath::parse("$.a.b[1]")->find(value)->as_integer() == 2);
  CHECK(ReferencePath::parse("$.n")->find(value)->is_null());
  CHECK(ReferencePath::parse("$.a.c")->evaluate(value).error().message == "No results for path: $['a']['c']");
  CHECK(ReferencePath::parse("$.n.x")->find(value) == nullptr);
}

TEST_CASE("a value is written where ResultPath says", "[path]") {
  struct Row {
    const char* path;
    const char* root;
    const char* expected;
  };
  const auto row = GENERATE(values<Row>({
      {"$", R"({"a": 1})", R"("new")"},
      {"$", "5", R"("new")"},
      {"$.a", R"({"a": 1, "b": 2})", R"({"a":"new","b":2})"},
      {"$.c", R"({"a": 1})", R"({"a":1,"c":"new"})"},
      {"$.c.d.e", R"({"a": 1})", R"({"a":1,"c":{"d":{"e":"new"}}})"},
      {"$.a.b", R"({"a": {"x": 1}})", R"({"a":{"x":1,"b":"new"}})"},
      {"$.a[1]", R"({"a": [1, 2, 3]})", R"({"a":[1,"new",3]})"},
      {"$.a[-1]", R"({"a": [1, 2, 3]})", R"({"a":[1,2,"new"]})"},
      {"$.a[0].b", R"({"a": [{}]})", R"({"a":[{"b":"new"}]})"},
      {"$[0]", "[1]", R"(["new"])"},
      {"$.a.b", R"({"a": 1})", "States.ResultPathMatchFailure"},
      {"$.a.b", R"({"a": null})", "States.ResultPathMatchFailure"},
      {"$.a.b", R"({"a": [1]})", "States.ResultPathMatchFailure"},
      {"$.a", R"("text")", "States.ResultPathMatchFailure"},
      {"$.a", "null", "States.ResultPathMatchFailure"},
      {"$.a[3]", R"({"a": [1, 2, 3]})", "States.ResultPathMatchFailure"},
      {"$.a[-4]", R"({"a": [1, 2, 3]})", "States.ResultPathMatchFailure"},
      {"$.a[0]", R"({"a": {}})", "States.ResultPathMatchFailure"},
      {"$.c[0]", R"({"a": 1})", "States.ResultPathMatchFailure"},
      {"$.c.d[0]", R"({"a": 1})", "States.ResultPathMatchFailure"},
  }));
  DYNAMIC_SECTION(row.path << " in " << row.root) {
    const Value root = json_value(row.root);
    const std::string before = to_json(root);
    const auto changed = with_value_at(*ReferencePath::parse(row.path), root, Value("new"));
    CHECK((changed ? to_json(*changed) : changed.error().error.value()) == row.expected);
    CHECK(to_json(root) == before);
  }
}

TEST_CASE("a changed copy shares what did not change", "[path]") {
  const Value root = json_value(R"({"a": {"x": [1]}, "b": {"y": [2]}})");
  const auto changed = with_value_at(*ReferencePath::parse("$.a.z"), root, Value(1));
  REQUIRE(changed);
  CHECK(changed->find("b")->is_same(*root.find("b")));
  CHECK(changed->find("a")->find("x")->is_same(*root.find("a")->find("x")));
}

TEST_CASE("a written value nests at most kMaxValueDepth deep", "[path]") {
  for (const std::size_t depth : {kMaxValueDepth - 2, kMaxValueDepth - 1, kMaxValueDepth}) {
    Value value(1);
    while (value.depth() < depth) value = Value::array(std::vector<Value>{value});
    const auto changed = with_value_at(*ReferencePath::parse("$.a"), json_value("{}"), value);
    CHECK(static_cast<bool>(changed) == (depth < kMaxValueDepth));
    if (!changed) CHECK(changed.error().error == "States.Runtime");
  }
}

TEST_CASE("a Reference Path has at most kMaxDepth steps", "[path]") {
  for (const std::size_t count : {kMaxDepth - 1, kMaxDepth, kMaxDepth + 1}) {
    std::string text = "$";
    for (std::size_t i = 0; i < count; ++i) text += ".a";
    const auto path = ReferencePath::parse(text);
    CHECK(static_cast<bool>(path) == (count <= kMaxDepth));
    if (path) CHECK(with_value_at(*path, json_value("{}"), Value(1))->depth() == count);
  }
}

}  // namespace stepglass::path
