#include "engine/path/path.h"

#include <fmt/format.h>

#include <chrono>
#include <string>

#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"
#include "tests/support/json_value.h"

namespace stepglass::path {
namespace {

const char* const kStore = R"({
  "store": {
    "book": [
      {"category": "reference", "author": "Nigel", "title": "Sayings", "price": 8.95},
      {"category": "fiction", "author": "Evelyn", "title": "Sword", "price": 12.99},
      {"category": "fiction", "author": "Herman", "title": "Moby", "isbn": "0-553", "price": 8.99},
      {"category": "fiction", "author": "Tolkien", "title": "Rings", "isbn": "0-395", "price": 22.99}],
    "bicycle": {"color": "red", "price": 19.95}},
  "max": 10, "limit": "8.99", "tags": ["fiction", "red"]})";

/// The result as JSON; or "missing: …", "failed: …", "invalid: …".
std::string outcome(std::string_view text, const Value& document, Dialect dialect = Dialect::Jayway) {
  const auto path = Path::parse(text, dialect);
  if (!path) return "invalid: " + path.error().message;
  const auto value = path->evaluate(document);
  const Value* found = path->is_definite() ? path->find(document) : nullptr;
  if (value) {
    if (path->is_definite() && (!found || !(*found == *value))) return "find() and evaluate() differ";
    return to_json(*value);
  }
  if (found) return "find() and evaluate() differ";
  const bool missing = value.error().kind == EvaluationError::Kind::NotFound;
  return (missing ? "missing: " : "failed: ") + value.error().message;
}

struct Row {
  const char* path;
  const char* document;
  const char* expected;
};

struct StoreRow {
  const char* path;
  const char* expected;
};

void check(const Row& row) {
  DYNAMIC_SECTION(row.path << " in " << row.document) {
    CHECK(outcome(row.path, json_value(row.document)) == row.expected);
  }
}

}  // namespace

TEST_CASE("names and indexes select one value", "[path]") {
  check(GENERATE(values<Row>({
      {"$", "1", "1"},
      {"$", "null", "null"},
      {"$.a", R"({"a": {"b": 1}})", R"({"b":1})"},
      {"$.a.b", R"({"a": {"b": null}})", "null"},
      {"$['a'].b", R"({"a": {"b": 1}})", "1"},
      {"$.['a']['b']", R"({"a": {"b": 1}})", "1"},
      {R"($["a b"])", R"({"a b": 1})", "1"},
      {R"($['it\'s'])", R"({"it's": 1})", "1"},
      {R"($['\u0041\t'])", "{\"A\\t\": 1}", "1"},
      {"$['']", R"({"": 1})", "1"},
      {"$.-", R"({"-": 1})", "1"},
      {"$.größe", R"({"größe": 1})", "1"},
      {"a.b", R"({"a": {"b": 1}})", "1"},  // Jayway puts $. before it
      {"$[0]", "[7]", "7"},
      {"$[-1]", "[7, 8]", "8"},
      {"$.[1]", "[7, 8]", "8"},
      {"$[ 1 ]", "[7, 8]", "8"},
      {"$[0]x", "[7]", "7"},  // one character behind a bracket at the end is not looked at
      {"$.a\\", R"({"a\\": 1})", "1"},
  })));
}

TEST_CASE("what a definite path misses is told in Jayway's words", "[path]") {
  check(GENERATE(values<Row>({
      {"$.no", "{}", "missing: No results for path: $['no']"},
      {"$.no.x", "{}", "missing: Missing property in path $['no']"},
      {"$.a.no.x", R"({"a": {}})", "missing: Missing property in path $['a']['no']"},
      {"$.no[0]", "{}", "missing: Missing property in path $['no']"},
      {"$[3]", "[1]", "missing: No results for path: $[3]"},
      {"$[-2]", "[1]", "missing: No results for path: $[-2]"},
      {"$[3].a", "[1]", "missing: No results for path: $[3]['a']"},
      {"$.a[0]", R"({"a": null})", "missing: The path $['a'] is null"},
      {"$.a[0]", R"({"a": 1})", "missing: Filter: [0] can only be applied to arrays. Current context is: 1"},
      {"$[0].x", R"({"a": [1, null, 1.0, "t", {}], "b": true})",
       "missing: Filter: [0]['x'] can only be applied to arrays. Current context is: {a=[1, null, 1.0, t, {}], "
       "b=true}"},
      {"$.a.b", R"({"a": "text"})",
       "missing: Expected to find an object with property ['b'] in path $['a'] but found 'java.lang.String'. This is "
       "not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."},
      {"$.a", "[]",
       "missing: Expected to find an object with property ['a'] in path $ but found 'java.util.ArrayList'. This is "
       "not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."},
  })));
}

TEST_CASE("the end of an array is told from other misses", "[path]") {
  struct PastRow {
    const char* path;
    const char* document;
    bool expected;
  };
  const auto row = GENERATE(values<PastRow>({
      {"$.items[5]", R"({"items": [1]})", true},
      {"$[0]", "[]", true},
      {"$.a[0][3]", R"({"a": [[1]]})", true},
      {"$.a[1][3]", R"({"a": [[1]]})", false},
      {"$.items[5].x", R"({"items": [1]})", false},
      {"$.items[5]", R"({"items": 1})", false},
      {"$.items[5]", "{}", false},
      {"$.items[-5]", R"({"items": [1]})", false},
      {"$.no", "{}", false},
  }));
  DYNAMIC_SECTION(row.path << " in " << row.document) {
    const auto value = Path::parse(row.path)->evaluate(json_value(row.document));
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == EvaluationError::Kind::NotFound);
    CHECK(value.error().past_end == row.expected);
  }
}

TEST_CASE("a path that can match several values gives them all in order", "[path]") {
  check(GENERATE(values<Row>({
      {"$[*]", "[1, [2], {}]", "[1,[2],{}]"},
      {"$.*", R"({"b": 1, "a": 2})", "[1,2]"},
      {"$[*]", "1", "[]"},
      {"$[*].a", R"([{"a": 1}, {"b": 2}, 3, null, {"a": null}])", "[1,null]"},
      {"$.*.*", R"({"b": {"x": 1}, "a": [2, 3]})", "[1,2,3]"},
      {"$[0, 2]", "[1, 2, 3]", "[1,3]"},
      {"$[2, 0, 2, 9]", "[1, 2, 3]", "[3,1,3]"},
      {"$[1:]", "[1, 2, 3]", "[2,3]"},
      {"$[:2]", "[1, 2, 3]", "[1,2]"},
      {"$[1:2]", "[1, 2, 3]", "[2]"},
      {"$[-2:]", "[1, 2, 3]", "[2,3]"},
      {"$[-9:]", "[1, 2, 3]", "[1,2,3]"},
      {"$[:-1]", "[1, 2, 3]", "[1,2]"},
      {"$[:-9]", "[1, 2, 3]", "[]"},
      {"$[2:1]", "[1, 2, 3]", "[]"},
      {"$[-2:2]", "[1, 2, 3, 4]", "[3,4,1,2]"},  // counts from -2 up to 1
      {"$[-2147483648:2147483647]", "[1, 2]", "[1,2,1,2]"},
      {"$[0:9:2]", "[1, 2, 3]", "[1,2,3]"},  // the step is not looked at
      {"$['a','b']", R"({"c": 1, "b": 2, "a": 3})", R"({"a":3,"b":2})"},
      {"$['a','no']", R"({"a": 3})", R"({"a":3})"},
      {"$['a','b'].x", R"({"b": {"x": 1}, "a": {"x": 2}})", "[2,1]"},
      {"$['a','no'].x", R"({"a": {"x": 2}})", "[2]"},
      {"$.no[*]", "{}", "missing: Missing property in path $['no']"},
      {"$.a[1:].b", R"({"a": 1})", "missing: Filter: [1:]['b'] can only be applied to arrays. Current context is: 1"},
      {"$[*][0]", "[[1], 2, [], [3]]", "[1,3]"},
  })));
}

TEST_CASE("a scan visits every level from the top", "[path]") {
  check(GENERATE(values<Row>({
      {"$..a", R"({"a": 1, "b": [{"a": {"a": 2}}]})", R"([1,{"a":2},2])"},
      {"$..*", "[[1], 2]", "[[1],2,1]"},
      {"$..[*]", R"({"a": {"b": 1}})", R"([{"b":1},1])"},
      {"$..[0]", "[[1, 2], [3]]", "[[1,2],1,3]"},
      {"$..[1:]", "[[1, 2], [3]]", "[[3],2]"},
      {"$..a.b", R"([{"a": {"b": 1}}, {"a": 2}])", "[1]"},
      {"$.x..a", R"({"a": 1, "x": {"a": 2}})", "[2]"},
      {"$..['a','b']", R"([{"a": 1, "b": 2, "c": 3}, {"a": 4}])", R"([{"a":1,"b":2}])"},
      {"$..['a','b'].x", R"([{"b": {"x": 1}}])", "[1]"},
      {"$..a..b", R"({"a": {"b": 1, "a": {"b": 2}}})", "[1,2,2]"},
      {"$..a", "1", "[]"},
      {"$..[?(@.a)]", R"([{"a": 1}, {"b": {"a": 2}}])", R"([{"a":1},{"a":2}])"},
      {"$..[?(@.a)].b", R"({"x": {"a": 1, "b": 2}})", "[2]"},
      // Jayway's own: the step behind an index after a scan keeps to that index.
      {"$..[1].a", R"([{"a": 1}, {"a": 2}, {"a": 3}])", "[2]"},
      {"$..[2][3]", R"({"x": [0, 1, [0, 1, 2, 3], null]})", "[3]"},
      {"$..[*].a", R"({"x": {"a": 1}, "y": [{"a": 2}]})", "[1]"},
  })));
}

TEST_CASE("filters choose among the books of a store", "[path]") {
  const auto row = GENERATE(values<StoreRow>({
      {"$.store.book[?(@.isbn)].author", R"(["Herman","Tolkien"])"},
      {"$.store.book[?(!@.isbn)].author", R"(["Nigel","Evelyn"])"},
      {"$.store.book[?(@.price < 10)].author", R"(["Nigel","Herman"])"},
      {"$.store.book[?(@.price<=$.max)].author", R"(["Nigel","Herman"])"},
      {"$.store.book[?(@.price == $.limit)].author", R"(["Herman"])"},
      {"$.store.book[?(@.category == 'fiction' && @.price > 20)].author", R"(["Tolkien"])"},
      {"$.store.book[?(@.author == 'Nigel' || @.author == \"Evelyn\" && @.price > 100)].author", R"(["Nigel"])"},
      {"$.store.book[?((@.author == 'Nigel' || @.author == 'Evelyn') && @.price > 10)].author", R"(["Evelyn"])"},
      {"$.store.book[?(!(@.category == 'fiction'))].author", R"(["Nigel"])"},
      {"$.store.book[?(@.category in ['reference', \"x\"])].author", R"(["Nigel"])"},
      {"$.store.book[?(@.category nin ['reference'])].title", R"(["Sword","Moby","Rings"])"},
      {"$.store.book[?(@.category in $.tags)].title", R"(["Sword","Moby","Rings"])"},
      {"$.store.book[?(@.author =~ /.*l.*/)].author", R"(["Nigel","Evelyn","Tolkien"])"},
      {"$.store.book[?(@.author =~ /N.*/)].author", R"(["Nigel"])"},
      {"$.store.book[?(@.author =~ /nigel/i)].author", R"(["Nigel"])"},
      {"$.store.book[?(/ni.*/i =~ @.author)].author", R"(["Nigel"])"},
      {"$.store.book[?(@.author =~ /igel/)].author", "[]"},  // the whole text has to match
      {"$.store.book[?(@.author size 6)].author", R"(["Evelyn","Herman"])"},
      {"$.store.book[?(@.title contains 'or')].title", R"(["Sword"])"},
      {"$.store.book[?(@ == @)].title", R"(["Sayings","Sword","Moby","Rings"])"},
      {"$.store.book[?(@.a != @.b)].title", R"(["Sayings","Sword","Moby","Rings"])"},
      {"$.store.book[?(@.a == @.b)].title", "[]"},
      {"$.store.book[?('a' == 'a')].title", R"(["Sayings","Sword","Moby","Rings"])"},
      {"$.store[?(@.color == 'red')].price", "[]"},
      {"$.store.bicycle[?(@.color == 'red')].price", "[19.95]"},
      {"$.store[?(@.book[*].category =~ /REF.*/i)].bicycle.color", R"(["red"])"},
      {"$.store.book[?(@.price >= 12.99 && @.price < 20)].price", "[12.99]"},
      {"$.max[?(@.x)]", "failed: Filter: [?] can not be applied to primitives. Current context is: 10"},
  }));
  const Value store = json_value(kStore);
  DYNAMIC_SECTION(row.path) {
    CHECK(outcome(row.path, store) == row.expected);
  }
}

TEST_CASE("comparisons convert as Jayway does", "[path]") {
  check(GENERATE(values<Row>({
      {"$[?(@ == 1)]", R"([1, 1.0, "1", "1.0", true, null])", R"([1,1.0,"1"])"},
      {"$[?(1 == @)]", R"([1, 1.0, "1", "1.0", "x", null])", R"([1,1.0,"1","1.0"])"},
      {"$[?(@ == '1')]", R"([1, 1.0, "1"])", R"([1,1.0,"1"])"},
      {"$[?(@ === 1)]", R"([1, "1", 1.0])", "[1,1.0]"},
      {"$[?(@ !== 1)]", R"([1, "1", 1.0, null])", R"(["1",null])"},
      {"$[?(@ == 1.10)]", R"([1.1, "1.1", "1.10"])", R"([1.1,"1.10"])"},
      {"$[?(@ == 0.1)]", "[0.1, 0.10000000000000001]", "[0.1,0.1]"},
      {"$[?(@ == 0.10000000000000001)]", "[0.1]", "[]"},
      {"$[?(@ == 9007199254740993)]", "[9007199254740992, 9007199254740993, 9007199254740992.0]", "[9007199254740993]"},
      {"$[?(@ > 123456789012345678901234567890)]", "[1e29, 2e29, 18446744073709551615]", "[2.0E29]"},
      {"$[?(@ < '5')]", R"([4, 6, "4", "6", 10])", R"([4,"4",10])"},
      {"$[?(@ < 5)]", R"([4, "4", "6", null, true, [1]])", R"([4,"4"])"},
      {"$[?(@ > 'b')]", R"(["a", "b", "c", "ä"])", R"(["c","ä"])"},
      {"$[?(@ == null)]", R"([null, 0, "null", {}])", "[null]"},
      {"$[?(@ != null)]", "[null, 0]", "[0]"},
      {"$[?(@ == true)]", R"([true, false, "true", 1])", "[true]"},
      {"$[?(@.a == null)]", R"([{"a": null}, {}])", R"([{"a":null}])"},
      {"$[?(@ == [1, 2])]", "[[1, 2], [1.0, 2], [2, 1]]", "[[1,2]]"},
      {"$[?(@ == {'b': [], a: 1})]", R"([{"a": 1, "b": []}, {"a": 1.0, "b": []}])", R"([{"a":1,"b":[]}])"},
      {"$[?([1] == @)]", "[[1]]", "[]"},  // text on the left is not read
      {"$[?(@.a == @.b)]", R"([{"a": [1], "b": [1]}, {"a": [1], "b": [2]}])", R"([{"a":[1],"b":[1]}])"},
      {"$[?(@ in [1, 'x', null, true])]", R"([1, "1", "x", null, true, false])", R"([1,"1","x",null,true])"},
      {"$[?(@.a in @.b)]", R"([{"a": 1, "b": [1]}, {"a": 1, "b": 1}])", R"([{"a":1,"b":[1]}])"},
      {"$[?(@ in [x y, \"q\"])]", R"(["x y", "q"])", R"(["x y","q"])"},
      {"$[?(@ in ['$5', '$.a', '[x]'])]", R"(["$5", "$.a", "[x]"])", R"(["$5"])"},
      {"$[?(@ in [[1]])]", "[1]", "failed: Could not determine value type"},
      {"$[?(@.a nin ['x'] && @.a)]", R"([{"a": "y"}, {}])", R"([{"a":"y"}])"},
      {"$[?(@.a in 5)]", R"([{"a": 5}])", "[]"},
      {"$[?(!(@.a in 5))]", R"([{"a": 5}])", "[]"},  // what cannot be asked is never true
      {"$[?(@ contains 2)]", R"([[1, 2], [1], "2", {"2": 2}])", "[[1,2]]"},
      {"$[?(@ contains '2')]", R"([[1, 2], ["2"], "12"])", R"([[1,2],["2"],"12"])"},
      {"$[?(@ all [1])]", "[[1]]", "[]"},
      {"$[?(@ size 2)]", R"([[1, 2], "ab", "😀", {"a": 1}, 12])", R"([[1,2],"ab","😀"])"},
      {"$[?(@.s size @.n)]", R"([{"s": "fo", "n": "m"}, {"s": "lo", "n": 2}])", R"([{"s":"lo","n":2}])"},
      {"$[?(@ empty true)]", R"([[], "", [1], 0])", R"([[],""])"},
      {"$[?(@ empty false)]", R"([[], "", [1], "x"])", R"([[1],"x"])"},
      {"$[?(@ subsetof [1, 2])]", "[[1], [2, 1], [3], [], 1]", "[[1],[2,1],[]]"},
      {"$[?(@ anyof [1, 2])]", "[[1, 9], [3], []]", "[[1,9]]"},
      {"$[?(@ noneof [1, 2])]", "[[1, 9], [3], []]", "[[3],[]]"},
      {"$[?(@ =~ /[0-9.]+|true/)]", R"([1, 1.5, true, false, "7", null])", R"([1,1.5,true,"7"])"},
      {"$[?(@ =~ /a.c/s)]", "[\"a\\nc\"]", "[\"a\\nc\"]"},
      {"$[?(@ =~ /\\/|x/)]", R"(["/", "x", "y"])", R"(["/","x"])"},
      {"$[?(@ =~ /(x|y)z/ || @ == 'a')]", R"(["yz", "a", "b"])", R"(["yz","a"])"},
      {"$[?(@ =~ /X/iu && @ == 'x')]", R"(["x", "X"])", R"(["x"])"},
      {"$[?(@ =~ 'a')]", R"(["a"])", "[]"},
      {"$[?(@ == 'a\\'b')]", R"(["a'b"])", R"(["a'b"])"},
  })));
}

TEST_CASE("whether a path exists is asked as Jayway asks", "[path]") {
  check(GENERATE(values<Row>({
      {"$[?(@)]", "[0, null, false]", "[0,null,false]"},
      {"$[?(!@)]", "[0, null]", "[]"},
      {"$[?(@.a)]", R"([{"a": null}, {}, 1])", R"([{"a":null}])"},
      {"$[?(@[1])]", "[[1], [1, 2]]", "[[1,2]]"},
      {"$[?(@.a.b)]", R"([{"a": {"b": 1}}, {"a": 1}, {}])", R"([{"a":{"b":1}}])"},
      {"$[?(@[*])]", "[[], [1], {}]", "[[],[1],{}]"},  // several matches exist even when there are none
      {"$[?(@[*].a)]", R"([[{"a": 1}], [{"a": 1}, {}]])", R"([[{"a":1}]])"},
      {"$[?(@..a)]", R"([{"a": 1}, {}])", R"([{"a":1},{}])"},
      {"$[?(@['a','b'])]", R"([{"a": 1, "b": 2}, {"a": 1}])", R"([{"a":1,"b":2}])"},
      {"$[?(@.x[?(@.y == 1)])]", R"([{"x": [{"y": 1}]}, {"x": [{"y": 2}]}, {}])",
       R"([{"x":[{"y":1}]},{"x":[{"y":2}]}])"},
      {"$[?(@.x[?(@.y == 1)] empty false)]", R"([{"x": [{"y": 1}]}, {"x": [{"y": 2}]}, {}])", R"([{"x":[{"y":1}]}])"},
      {"$.l[?(@ == $.x)]", R"({"l": [1, 2], "x": 2})", "[2]"},
      {"$.l[?(@.l)]", R"({"l": [{"l": 1}, {}]})", R"([{"l":1}])"},
      {"$.l[?($.l)]", R"({"l": [{"l": 1}, {}]})", R"([{"l":1}])"},  // from the item, whatever it says
  })));
}

TEST_CASE("functions work on what the path selects", "[path]") {
  check(GENERATE(values<Row>({
      {"$.n.length()", R"({"n": [1, 2]})", "2"},
      {"$.length()", R"({"n": [1, 2], "m": 1})", "2"},
      {"$.n.size()", R"({"n": "text"})", "null"},
      {"$.n.sum()", R"({"n": [1, 2.5, "3", null]})", "3.5"},
      {"$.n.avg()", R"({"n": [1, 2]})", "1.5"},
      {"$.n.min()", R"({"n": [3, 2]})", "2.0"},
      {"$.n.max()", R"({"n": [-3, -2]})", "-2.0"},
      {"$.n.stddev()", R"({"n": [1, 3]})", "1.0"},
      {"$.sum($.n)", R"({"n": [1, 3]})", "4.0"},
      {"$.sum(1, 2, $.n[0])", R"({"n": [4]})", "7.0"},
      {"$.n.sum()", R"({"n": []})", "failed: Aggregation function attempted to calculate value using empty array"},
      {"$.n.sum()", R"({"n": [1e308, 1e308]})", "failed: the result of the function is no finite number"},
      {"$..n.sum()", R"({"a": {"n": 1}, "b": {"n": 2}})", "3.0"},
      {"$..n.length()", R"({"a": {"n": [1, 2]}, "b": {"n": [3]}})", "3"},
      {"$.length($.n[*])", R"({"n": [[1, 2], [3]]})", "3"},
      {"$.length($.n)", R"({"n": [1, 2, 3]})", "1"},  // Jayway asked for one value and got the last child
      {"$.n.concat()", R"({"n": ["a", 1, "b"]})", "\"ab\""},
      {"$.n.concat(\"-\", $.m)", R"({"n": ["a"], "m": 1.5})", "\"a-1.5\""},
      {"$.n.append(3, \"x\")", R"({"n": [1]})", R"([1,3,"x"])"},
      {"$.n.append(3).sum()", R"({"n": [1]})", "4.0"},
      {"$.keys()", R"({"b": 1, "a": 2})", R"(["b","a"])"},
      {"$.n.keys()", R"({"n": []})", "null"},
      {"$.n.first()", R"({"n": [1, 2]})", "1"},
      {"$.n.last()", R"({"n": [1, 2]})", "2"},
      {"$.n.last()", R"({"n": [1]})", "failed: Target index:-1 larger than object count:1"},
      {"$.n.index(1)", R"({"n": [1, 2]})", "2"},
      {"$.n.index(-1)", R"({"n": [1, 2]})", "2"},
      {"$.n.index(5)", R"({"n": [1, 2]})", "failed: Index 5 out of bounds for length 2"},
      {"$[*].first()", "[[1], [], [2]]", "[1,2]"},
      {"$.n[*].length()", R"({"n": [[1], {}, "x"]})", "[1,0,null]"},
      {"$.n.frobnicate()", R"({"n": 1})", "failed: Function with name: frobnicate does not exist."},
      {"$[?(@.v.length() > 1)].v", R"([{"v": [1]}, {"v": [1, 2]}])", "[[1,2]]"},
      {"$.n[?(@.length() == 2)]", R"({"n": [[1], [1, 2]]})", "[[1,2]]"},
      {"$.sum({x})", "{}", "failed: an argument of the function cannot be read as JSON"},
      {"$.no.length()", "{}", "missing: Missing property in path $['no']"},
  })));
}

TEST_CASE("texts that are no paths are refused with the reason and the place", "[path]") {
  struct BadRow {
    const char* path;
    const char* message;
    std::size_t offset;
  };
  const auto row = GENERATE(values<BadRow>({
      {"", "the path ends too early", 0},
      {"$.", "Path must not end with a '.' or '..'", 2},
      {"$a", "Illegal character at position 1 expected '.' or '['", 1},
      {"$...a", "Character '.' on position 3 is not valid.", 3},
      {"$.a b", "Use bracket notion ['my prop'] if your property contains blank characters. position: 2", 2},
      {"$[", "the path ends too early", 2},
      {"$[]", "Could not parse token starting at position 1. Expected ?, ', 0-9, * ", 1},
      {"$.a[x]", "Could not parse token starting at position 3. Expected ?, ', 0-9, * ", 3},
      {"$.é[x]", "Could not parse token starting at position 3. Expected ?, ', 0-9, * ", 4},
      {"$['a'", "Property must be separated by comma or Property must be terminated close square bracket at index 4",
       4},
      {"$['a',]", "Found empty property at index 6", 6},
      {"$['a", "Property has not been closed - missing closing '", 0},
      {"$[1,]", "Failed to parse token in ArrayIndexOperation: ", 1},
      {"$[99999999999]", "Failed to parse token in ArrayIndexOperation: 99999999999", 1},
      {"$[99999999999:]", "\"99999999999\" is no index", 1},
      {"$[:]", "Failed to parse SliceOperation: :", 1},
      {"$[*,1]", "Expected wildcard token to end with ']' on position 3", 1},
      {"$[?]", "Not enough predicates supplied for filter [?] at position 1", 1},
      {"$[?(true)]", "Expected path node", 8},
      {"$[?(@.a == )]", "Failed to parse filter: [?(@.a == )], error on position: 10, char: )", 0},
      {"$[?(@.a === 'x)]", "Could not find matching close quote for ' when parsing : $[?(@.a === 'x)]", 3},
      {"$[?(@.a =~ /(/)]", "Failed to parse filter: [?(@.a =~ /(/)], error on position: 13, char: )", 0},
      {"$[?(@.a == nul)]", "Expected character: )", 7},
      {"$.f(1", "Arguments to function: 'f' are not closed properly.", 2},
      {"$.f({)", "Arguments to function: 'f' are not closed properly.", 2},
      {"$.f($.a b)", "Use bracket notion", 4},
  }));
  DYNAMIC_SECTION(row.path) {
    const auto path = Path::parse(row.path);
    REQUIRE_FALSE(path);
    CHECK_THAT(path.error().message, Catch::StartsWith(row.message));
    CHECK(path.error().offset <= std::string_view(row.path).size());
  }
}

TEST_CASE("a path says in Jayway's spelling what it is", "[path]") {
  struct SpellingRow {
    const char* path;
    const char* normalised;
    bool definite;
    bool matches;
  };
  const auto row = GENERATE(values<SpellingRow>({
      {"$.a['b'][0]", "$['a']['b'][0]", true, false},
      {"$.a[\"b\"]", "$['a'][\"b\"]", true, false},
      {"$['a','b']", "$['a','b']", false, false},
      {"$['a','b'].c", "$['a','b']['c']", false, true},
      {"$..a[*][?(@.b)]", "$..['a'][*][?]", false, true},
      {"$[1, 2][:3][4:5]", "$[1,2][:3][4:5]", false, true},
      {"$.a.sum(1).length()", "$['a'].sum(...).length()", false, false},
      {"$..a.length()", "$.length()", false, false},
      {"@.a", "@['a']", true, false},
  }));
  DYNAMIC_SECTION(row.path) {
    const auto path = Path::parse(row.path);
    REQUIRE(path);
    CHECK(path->normalised() == row.normalised);
    CHECK(path->is_definite() == row.definite);
    CHECK(path->gives_matches() == row.matches);
  }
}

TEST_CASE("in the service's dialect a backslash makes the next character part of a name", "[path]") {
  const Value document = json_value(R"({"a.b": 1, "c@d": {"e[0]": 2}, "f g": 3, "a\\": {"b": 4}, "t": "x"})");
  CHECK(outcome("$.a\\.b", document, Dialect::StepFunctions) == "1");
  CHECK(outcome("$.c\\@d.e\\[0\\]", document, Dialect::StepFunctions) == "2");
  CHECK(outcome("$.f\\ g", document, Dialect::StepFunctions) == "3");
  CHECK(outcome("$.a\\.b", document) == "4");
  const Value quoted = json_value(R"({"a\\\"b": 1, "it's": 2, "c\\n": 3})");
  CHECK(outcome(R"($['a\"b'])", quoted, Dialect::StepFunctions) == "1");
  CHECK(outcome(R"($['it\'s'])", quoted, Dialect::StepFunctions) == "2");
  CHECK(outcome(R"($['c\n'])", quoted, Dialect::StepFunctions) == "3");
  CHECK(outcome("$.t.x", document, Dialect::StepFunctions) == "missing: Property ['x'] not found in path $['t']");
}

TEST_CASE("in the service's dialect functions are names that nothing has", "[path]") {
  const Value document = json_value(R"({"a": [1, 2]})");
  CHECK(outcome("$.a.length()", document, Dialect::StepFunctions) ==
        "missing: Property ['length()'] not found in path $['a']");
  CHECK(outcome("$.length()", document, Dialect::StepFunctions) == "missing: No results for path: $['length()']");
  CHECK(outcome("$.a[?(@.length() > 0)]", document, Dialect::StepFunctions) == "[]");
}

TEST_CASE("in the service's dialect a word without quotes is a text in a filter", "[path]") {
  const Value document = json_value(R"([{"n": "Receipt"}, {"n": "fr"}, {"n": 5}, {"n": "5a"}, {"n": true}])");
  const auto row = GENERATE(values<StoreRow>({
      {"$[?(@.n==Receipt)].n", R"(["Receipt"])"},
      {"$[?(@.n == fr)].n", R"(["fr"])"},
      {"$[?(@.n==fr||@.n==Receipt)].n", R"(["Receipt","fr"])"},
      {"$[?(@.n == 5)].n", "[5]"},
      {"$[?(@.n == 5a)].n", R"(["5a"])"},
      {"$[?(@.n == true)].n", "[true]"},
      {"$[?(@.n == 'fr')].n", R"(["fr"])"},
      {"$[?(@.n in [fr, 5])].n", R"(["fr",5])"},
  }));
  DYNAMIC_SECTION(row.path) {
    CHECK(outcome(row.path, document, Dialect::StepFunctions) == row.expected);
  }
  CHECK_THAT(outcome("$[?(@.n==Receipt)]", document), Catch::StartsWith("invalid"));
}

TEST_CASE("a path has at most kMaxDepth steps and levels", "[path]") {
  Value value(1);
  for (std::size_t i = 0; i <= kMaxDepth; ++i) {
    ObjectBuilder object;
    object.set("a", value);
    value = std::move(object).build();
  }
  for (const std::size_t count : {kMaxDepth - 1, kMaxDepth, kMaxDepth + 1}) {
    std::string steps = "$", filters = "@.x", parentheses = "@.x", negations = "@.x == 1", arguments = "$.n";
    for (std::size_t i = 0; i < count; ++i) {
      steps += ".a";
      filters = "@[?(" + filters + ")]";
      parentheses = "(" + parentheses + ")";
      if (i > 0) negations = "!(" + negations + ")";
      arguments = "$.sum(" + arguments + ", 1)";
    }
    filters[0] = '$';
    CHECK(static_cast<bool>(Path::parse(steps)) == (count <= kMaxDepth));
    CHECK(static_cast<bool>(Path::parse(filters)) == (count <= kMaxDepth));
    CHECK(static_cast<bool>(Path::parse("$[?" + parentheses + "]")) == (count <= kMaxDepth));
    CHECK(static_cast<bool>(Path::parse("$[?(" + negations + ")]")) == (2 * count - 1 <= kMaxDepth));
    if (count <= kMaxDepth) {
      CHECK(Path::parse(steps)->find(value) != nullptr);
      CHECK(Path::parse(filters)->evaluate(value));
    }
  }
  CHECK_THAT(Path::parse("$" + std::string(2 * kMaxDepth + 2, '*')).error().message, Catch::StartsWith("Illegal"));
}

TEST_CASE("values that nest deep are scanned without deep recursion", "[path]") {
  Value value = json_value(R"({"x": 1})");
  while (value.depth() < kMaxValueDepth) value = Value::array(std::vector<Value>{value});
  CHECK(outcome("$..x", value) == "[1]");
  CHECK(outcome("$..x..y", value) == "[]");
  CHECK(outcome("$[?(@..x == 1)]", value) == "[]");
  CHECK(Path::parse("$[?(@ == $[0])]")->evaluate(value)->size() == 1);
}

TEST_CASE("an evaluation looks at no more than kMaxPathVisits values", "[path]") {
  ArrayBuilder inner, outer;
  for (int i = 0; i < 1000; ++i) inner.add(Value(i));
  const Value row = std::move(inner).build();
  for (int i = 0; i < 1000; ++i) outer.add(row);
  const Value million = std::move(outer).build();
  CHECK(Path::parse("$[*][*]")->evaluate(million)->size() == 1'000'000);
  const std::string tired = fmt::format("failed: the path looks at more than {} values", kMaxPathVisits);
  // Sharing makes this value larger than memory.
  Value shared = row;
  for (int i = 0; i < 30; ++i) shared = Value::array(std::vector<Value>{shared, shared});
  for (const char* path : {"$..*..*..*..*", "$..x", "$..[?(@.x)]", "$[?(@..x == 1)]"}) {
    CHECK(outcome(path, shared) == tired);
  }
  CHECK(outcome("$..*..*..*", million) == tired);
}

TEST_CASE("a filter compares every item with a large list only as far as the budget reaches", "[path]") {
  ArrayBuilder items;
  for (int i = 0; i < 20'000; ++i) items.add(Value(i + 1'000'000));
  ObjectBuilder object;
  object.set("l", std::move(items).build());
  const Value value = std::move(object).build();
  CHECK_THAT(outcome("$.l[?(@ in $.l)]", value), Catch::StartsWith("failed: the path looks at more than"));
}

TEST_CASE("a pattern that takes too long ends the evaluation", "[path]") {
  ArrayBuilder items;
  for (int i = 0; i < 1000; ++i) items.add(Value(std::string(2000, 'a') + "!"));
  const Value value = std::move(items).build();
  CHECK_THAT(outcome(R"($[?(@ =~ /(a+)+\1$/)])", value), Catch::StartsWith("failed: a pattern in the path takes more"));
  CHECK(outcome("$[?(@ =~ /(a|aa)+$/)]", Value::array(value.items().first(100))) == "[]");
}

TEST_CASE("texts of any length are refused or taken in time linear in them", "[path]") {
  const std::size_t n = 100'000;
  const auto repeat = [&](std::string_view text) {
    std::string out;
    while (out.size() < n) out += text;
    return out;
  };
  for (const std::string& text :
       {"$[?(@" + repeat("()") + ")]", "$[?(" + repeat("@.a || ") + "@.b)]", "$[?(" + repeat("@.a == 1 && ") + "@.b)]",
        "$" + repeat("[?("), "$" + repeat("['a"), "$.f(" + repeat("$.f(") + ")", "$" + repeat("["),
        "$[" + repeat("1,") + "1]", "$[?(@.a in [" + repeat("'$.a',") + "1])]", "$['" + repeat("\\") + "']",
        "$[?(@ =~ /" + repeat("(a") + "/)]", "$[?(@.a == " + repeat("[") + ")]",
        "$[?(" + repeat("/a/ =~ /b/i || ") + "@.b)]", "$" + repeat(".a[*]"), "$[?(" + repeat("!") + "@.a)]",
        "$[?(@" + repeat("['a']") + ")]"}) {
    const auto start = std::chrono::steady_clock::now();
    const auto path = Path::parse(text);
    if (path) (void)path->evaluate(json_value(R"([{"a": 1}])"));
    const auto took = std::chrono::steady_clock::now() - start;
    INFO(text.substr(0, 20));
    CHECK(took < std::chrono::seconds(2));
  }
}

}  // namespace stepglass::path
