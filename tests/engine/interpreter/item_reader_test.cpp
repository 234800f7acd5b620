#include "engine/interpreter/item_reader.h"

#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"
#include "tests/engine/interpreter/stored_objects.h"
#include "tests/support/catch.h"

using namespace stepglass;
using Catch::Matchers::Contains;

namespace {

ItemReader reader_of(ItemReader::InputType type) {
  ItemReader reader;
  reader.input_type = type;
  return reader;
}

ReadRequest request_of(const ItemReader& reader, std::string key, std::optional<std::int64_t> max_items = {}) {
  ReadRequest request;
  request.reader = &reader;
  request.bucket = "b";
  request.key = std::move(key);
  request.max_items = max_items;
  return request;
}

std::string read(World& world, const ReadRequest& request) {
  ReadBudget budget;
  auto items = read_items(request, world, budget);
  if (!items) {
    if (!items.error().limit.empty()) return "limit: " + items.error().limit;
    CHECK(items.error().failure.error == "States.ItemReaderFailed");
    return "failed: " + items.error().failure.cause.value_or("");
  }
  return to_json(Value::array(items->values));
}

/// What is read of one object with this body.
std::string read_body(const ItemReader& reader, std::string body, std::optional<std::int64_t> max_items = {}) {
  StoredObjects world;
  world.put("b", "k", std::move(body));
  return read(world, request_of(reader, "k", max_items));
}

using Type = ItemReader::InputType;

}  // namespace

TEST_CASE("a JSON file is an array of items", "[interpreter][reader]") {
  const ItemReader reader = reader_of(Type::Json);
  CHECK(read_body(reader, R"([1, "a", {"b": []}])") == R"([1,"a",{"b":[]}])");
  CHECK(read_body(reader, "[]") == "[]");
  CHECK(read_body(reader, R"({"Hello": "world"})") == "failed: Attempting to map over non-iterable node.");
  CHECK(read_body(reader, "1") == "failed: Attempting to map over non-iterable node.");
  CHECK(read_body(reader, "\"text\"") == "failed: Attempting to map over non-iterable node.");
  CHECK_THAT(read_body(reader, "[1,"), Contains("S3://b/k is no JSON"));
  CHECK_THAT(read_body(reader, ""), Contains("S3://b/k is no JSON"));
  CHECK_THAT(read_body(reader, "[\"\xff\"]"), Contains("UTF-8"));
}

TEST_CASE("ItemsPointer selects what is iterated, an object by its members", "[interpreter][reader]") {
  struct Row {
    const char* pointer;
    const char* expected;
  };
  const Row row = GENERATE(values<Row>({
      {"/a/b", "[1,2]"},
      {"/a/b/0", "failed: Attempting to map over non-iterable node."},
      {"/c~1d", "[3]"},
      {"/e~0f", "[4]"},
      {"/list/1", "[5]"},
      {"/list/01", "failed: ItemsPointer '/list/01' points to nothing in S3://b/k."},
      {"/list/2", "failed: ItemsPointer '/list/2' points to nothing in S3://b/k."},
      {"/list/99999999999999999999",
       "failed: ItemsPointer '/list/99999999999999999999' points to nothing in S3://b/k."},
      {"/list/-", "failed: ItemsPointer '/list/-' points to nothing in S3://b/k."},
      {"a/b", "failed: ItemsPointer 'a/b' points to nothing in S3://b/k."},
      {"/~2", "failed: ItemsPointer '/~2' points to nothing in S3://b/k."},
      {"/~", "failed: ItemsPointer '/~' points to nothing in S3://b/k."},
      {"/", R"([7])"},
      {"/a", R"([{"Key":"b","Value":[1,2]}])"},
  }));
  ItemReader reader = reader_of(Type::Json);
  reader.items_pointer = row.pointer;
  INFO(row.pointer);
  CHECK(read_body(reader, R"({"a": {"b": [1, 2]}, "c/d": [3], "e~f": [4], "list": [[], [5]], "": [7]})") ==
        row.expected);
}

TEST_CASE("MaxItems limits what is read, and zero does not", "[interpreter][reader]") {
  const ItemReader json = reader_of(Type::Json);
  CHECK(read_body(json, "[1,2,3]", 1) == "[1]");
  CHECK(read_body(json, "[1,2,3]", 3) == "[1,2,3]");
  CHECK(read_body(json, "[1,2,3]", 4) == "[1,2,3]");
  CHECK(read_body(json, "[1,2,3]", 0) == "[1,2,3]");
  CHECK(read_body(json, "[1,2,3]", 100'000'001) == "[1,2,3]");
  CHECK(read_body(json, "[1,2,3]", INT64_MAX) == "[1,2,3]");
  CHECK(read_body(json, "[1,2,3]", -1) == "failed: field MaxItems must be positive");
  CHECK(read_body(reader_of(Type::Jsonl), "1\n2\nbroken", 2) == "[1,2]");
  ItemReader csv = reader_of(Type::Csv);
  CHECK(read_body(csv, "h\n1\n2\n", 1) == R"([{"h":"1"}])");
}

TEST_CASE("JSON Lines hold an item each", "[interpreter][reader]") {
  const ItemReader reader = reader_of(Type::Jsonl);
  CHECK(read_body(reader, "{\"a\":1}\n[2]\r\n\n  \n3") == R"([{"a":1},[2],3])");
  CHECK(read_body(reader, "") == "[]");
  CHECK_THAT(read_body(reader, "1\n\nx"), Contains("Line 3 of S3://b/k is no JSON"));
}

TEST_CASE("CSV rows become objects of texts", "[interpreter][reader]") {
  ItemReader reader = reader_of(Type::Csv);
  CHECK(read_body(reader, "a,b\n1,2\n3\n4,5,6\n") == R"([{"a":"1","b":"2"},{"a":"3","b":""},{"a":"4","b":"5"}])");
  CHECK(read_body(reader, "a,b\n") == "[]");
  CHECK(read_body(reader, "") == "[]");
  CHECK(read_body(reader, "a,b,a\n1,2,3") == "failed: CSV headers cannot contain duplicates.");
  reader.csv_delimiter = '|';
  CHECK(read_body(reader, "a|b\n1,5|2") == R"([{"a":"1,5","b":"2"}])");
  reader.csv_headers_given = true;
  reader.csv_headers = {"x", "y"};
  CHECK(read_body(reader, "1|2\n") == R"([{"x":"1","y":"2"}])");
  reader.csv_headers = {"x", "x"};
  CHECK(read_body(reader, "1|2\n") == "failed: CSV headers cannot contain duplicates.");
}

TEST_CASE("a CSV header has at most 10 KiB", "[interpreter][reader]") {
  const auto bytes = GENERATE(kMaxCsvHeaderBytes - 1, kMaxCsvHeaderBytes, kMaxCsvHeaderBytes + 1);
  const bool fits = bytes <= kMaxCsvHeaderBytes;
  ItemReader reader = reader_of(Type::Csv);
  CHECK(read_body(reader, std::string(bytes, 'h') + "\n").starts_with("failed") == !fits);
  reader.csv_headers_given = true;
  reader.csv_headers = {std::string(bytes, 'h')};
  CHECK(read_body(reader, "\n").starts_with("failed") == !fits);
}

TEST_CASE("an item has at most 8 MiB as it is read", "[interpreter][reader]") {
  const auto bytes = GENERATE(kMaxItemBytes - 1, kMaxItemBytes, kMaxItemBytes + 1);
  const std::string text = "\"" + std::string(bytes - 2, 'x') + "\"";
  CHECK(read_body(reader_of(Type::Jsonl), text).starts_with("failed") == (bytes > kMaxItemBytes));
}

TEST_CASE("a listing gives an item per object", "[interpreter][reader]") {
  StoredObjects world;
  world.put("b", "in/a", "one");
  world.put("b", "in/b", "");
  world.put("b", "in/deep/c", "x");
  world.put("b", "other", "x");
  world.put("c", "in/d", "x");
  ItemReader reader;
  reader.source = ItemReader::Source::ListObjects;
  ReadRequest request = request_of(reader, "");
  request.prefix = "in/";
  request.last_modified = 1'700'000'000;
  request.delimiter = "/";
  CHECK(
      read(world, request) ==
      R"([{"Etag":"\"f97c5d29941bfb1b2fdab0874906ab82\"","Key":"in/a","LastModified":1700000000,"Size":3,"StorageClass":"STANDARD"},)"
      R"({"Etag":"\"d41d8cd98f00b204e9800998ecf8427e\"","Key":"in/b","LastModified":1700000000,"Size":0,"StorageClass":"STANDARD"}])");
  request.delimiter = "";
  request.start_after = "in/b";
  CHECK_THAT(read(world, request), Contains("in/deep/c") && !Contains("in/a") && !Contains("in/b"));
  request.start_after = "";
  request.max_items = 1;
  CHECK_THAT(read(world, request), Contains("in/a") && !Contains("in/b"));
  request.prefix = "nothing";
  CHECK(read(world, request) == "[]");
  request.bucket = "missing";
  CHECK_THAT(read(world, request), Contains("failed: The specified bucket does not exist."));
}

TEST_CASE("LOAD_AND_FLATTEN iterates what the listed objects hold", "[interpreter][reader]") {
  StoredObjects world;
  world.put("b", "1", "[1,2]");
  world.put("b", "2", R"({"k": "v"})");
  world.put("b", "3", "[3]");
  ItemReader reader = reader_of(Type::Json);
  reader.source = ItemReader::Source::ListObjects;
  reader.load_and_flatten = true;
  ReadBudget budget;
  const auto items = read_items(request_of(reader, ""), world, budget);
  REQUIRE(items);
  CHECK(to_json(Value::array(items->values)) == R"([1,2,{"Key":"k","Value":"v"},3])");
  REQUIRE(items->origins.size() == 3);
  CHECK(items->origins[0].source == "S3://b/1");
  CHECK(items->origins[1].first == 2);
  CHECK(items->origins[1].pairs);
  CHECK(items->origins[2].source == "S3://b/3");
  CHECK_FALSE(items->origins[2].pairs);
  CHECK(read(world, request_of(reader, "", 2)) == "[1,2]");

  StoredObjects tables;
  tables.put("b", "1", "h\na\n");
  tables.put("b", "2", "h\nb\n");
  reader.input_type = Type::Csv;
  CHECK(read(tables, request_of(reader, "")) == R"([{"h":"a"},{"h":"b"}])");
}

TEST_CASE("an S3 inventory is read through its manifest", "[interpreter][reader]") {
  StoredObjects world;
  world.put("inventories", "m.json",
            R"({"sourceBucket": "src", "destinationBucket": "arn:aws:s3:::inventories", "fileFormat": "CSV",)"
            R"("fileSchema": "Bucket, Key, Size", "files": [{"key": "f1.csv.gz"}, {"key": "f2.csv.gz"}]})");
  world.put("inventories", "f1.csv.gz", "\"src\",\"a.txt\",\"1\"\n\"src\",\"b.txt\",\"2\"\n");
  world.put("inventories", "f2.csv.gz", "\"src\",\"c.txt\",\"3\"\n");
  world.put("inventories", "orc.json", R"({"fileFormat": "ORC", "fileSchema": "x", "files": []})");
  world.put("inventories", "none.json", "[]");
  const ItemReader reader = reader_of(Type::Manifest);
  ReadRequest request = request_of(reader, "m.json");
  request.bucket = "inventories";
  CHECK(read(world, request) ==
        R"([{"Bucket":"src","Key":"a.txt","Size":"1"},{"Bucket":"src","Key":"b.txt","Size":"2"},)"
        R"({"Bucket":"src","Key":"c.txt","Size":"3"}])");
  request.max_items = 1;
  CHECK(read(world, request) == R"([{"Bucket":"src","Key":"a.txt","Size":"1"}])");
  request.key = "orc.json";
  CHECK_THAT(read(world, request), Contains("failed: The S3 inventory") && Contains("only CSV can be read"));
  request.key = "none.json";
  CHECK_THAT(read(world, request), Contains("is not that of an S3 inventory"));
  ItemReader named;
  named.manifest_type = ItemReader::ManifestType::S3Inventory;
  request.reader = &named;
  request.key = "m.json";
  CHECK_THAT(read(world, request), Contains("a.txt"));
}

TEST_CASE("an Athena manifest names the files that are read", "[interpreter][reader]") {
  StoredObjects world;
  world.put("b", "m.csv", "s3://b/out/1\n\"s3://c/2\"\r\n\n");
  world.put("b", "out/1", "{\"a\":1}\n");
  world.put("c", "2", "{\"a\":2}\n");
  ItemReader reader = reader_of(Type::Jsonl);
  reader.manifest_type = ItemReader::ManifestType::AthenaData;
  CHECK(read(world, request_of(reader, "m.csv")) == R"([{"a":1},{"a":2}])");
  world.put("b", "bad", "out/1\n");
  CHECK_THAT(read(world, request_of(reader, "bad")), Contains("is no URI of an object"));
  world.put("b", "gone", "s3://b/gone/1\n");
  CHECK_THAT(read(world, request_of(reader, "gone")), Contains("NoSuchKey") && Contains("gone/1"));
}

TEST_CASE("what cannot be read is refused by name", "[interpreter][reader]") {
  CHECK_THAT(read_body(reader_of(Type::Parquet), "PAR1"), Contains("failed: InputType PARQUET is not supported"));
  StoredObjects world;
  const ItemReader reader = reader_of(Type::Json);
  CHECK_THAT(read(world, request_of(reader, "k")),
             Contains("failed: The specified key does not exist.") && Contains("Bucket: b; Key: k"));
}

TEST_CASE("reading stops at the limits of the run", "[interpreter][reader]") {
  StoredObjects world;
  world.put("b", "k", "[1,2,3]");
  world.put("b", "csv", "a,b\n\n\n\n");
  const ItemReader json = reader_of(Type::Json);
  const ItemReader csv = reader_of(Type::Csv);
  const auto reads = [&](const ItemReader& reader, std::string key, ReadBudget budget) {
    return read_items(request_of(reader, std::move(key)), world, budget).has_value();
  };
  const ReadBudget all;
  const std::uint64_t bytes = kRequestBytes + 7;
  CHECK(reads(json, "k", {.bytes_left = bytes + 1, .items_left = all.items_left, .cells_left = 0}));
  CHECK(reads(json, "k", {.bytes_left = bytes, .items_left = all.items_left, .cells_left = 0}));
  CHECK_FALSE(reads(json, "k", {.bytes_left = bytes - 1, .items_left = all.items_left, .cells_left = 0}));
  CHECK(reads(json, "k", {.bytes_left = bytes, .items_left = 4, .cells_left = 0}));
  CHECK(reads(json, "k", {.bytes_left = bytes, .items_left = 3, .cells_left = 0}));
  CHECK_FALSE(reads(json, "k", {.bytes_left = bytes, .items_left = 2, .cells_left = 0}));
  CHECK(reads(csv, "csv", {.bytes_left = 999, .items_left = 3, .cells_left = 7}));
  CHECK(reads(csv, "csv", {.bytes_left = 999, .items_left = 3, .cells_left = 6}));
  CHECK_FALSE(reads(csv, "csv", {.bytes_left = 999, .items_left = 3, .cells_left = 5}));

  // What was read once counts when it is read again.
  ReadBudget budget{.bytes_left = 2 * bytes - 1, .items_left = 99, .cells_left = 0};
  CHECK(read_items(request_of(json, "k"), world, budget));
  CHECK(budget.items_left == 96);
  const auto again = read_items(request_of(json, "k"), world, budget);
  REQUIRE_FALSE(again);
  CHECK_THAT(again.error().limit, Contains("read more than") && Contains("bytes"));
}

TEST_CASE("the items of a value are those of an array or the members of an object", "[interpreter][reader]") {
  const auto array = items_of(*read_value("[1,[2]]"), "STATE_DATA");
  REQUIRE(array);
  CHECK(to_json(Value::array(array->values)) == "[1,[2]]");
  CHECK_FALSE(array->origins[0].pairs);
  const auto object = items_of(*read_value(R"({"b":1,"a":null})"), "STATE_DATA");
  REQUIRE(object);
  CHECK(to_json(Value::array(object->values)) == R"([{"Key":"b","Value":1},{"Key":"a","Value":null}])");
  CHECK(object->origins[0].pairs);
  CHECK(object->origins[0].source == "STATE_DATA");
  CHECK_FALSE(items_of(Value(1), "STATE_DATA"));
  CHECK_FALSE(items_of(Value("[]"), "STATE_DATA"));
}
