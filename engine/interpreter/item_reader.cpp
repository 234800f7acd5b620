// How the items are found: a source of text (one object, the objects of a listing, the files of a manifest) and, for
// each text, a format. Formats append to one list and stop when MaxItems are there. Everything is read before the first
// child starts: percentages need the number of items.
//
// Texts are as they are after decompression: what an object called rows.csv.gz holds here is the CSV.

#include "engine/interpreter/item_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/document/document.h"
#include "engine/interpreter/csv.h"
#include "engine/support/digest.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"

namespace stepglass {
namespace {

/// Leaves read_items early; caught there.
struct Stop {
  ReadError error;
};

[[noreturn]] void fail(std::string cause) {
  throw Stop{{{"States.ItemReaderFailed", std::move(cause)}, {}}};
}

[[noreturn]] void limit(std::string message) {
  throw Stop{{{}, std::move(message)}};
}

std::string uri(std::string_view bucket, std::string_view key) {
  return fmt::format("S3://{}/{}", bucket, key);
}

/// Makes the item that stands for a member of an object.
class Pairs {
 public:
  Value operator()(const Member& member) const {
    ObjectBuilder builder(2);
    builder.set(key_, Value(member.key));
    builder.set(value_, member.value);
    return std::move(builder).build();
  }

 private:
  String key_{"Key"};
  String value_{"Value"};
};

class Reading {
 public:
  Reading(const ReadRequest& request, World& world, ReadBudget& budget)
      : request_(request), reader_(*request.reader), world_(world), budget_(budget) {
    if (request.max_items && *request.max_items > 0) most_ = static_cast<std::uint64_t>(*request.max_items);
  }

  MapItems run() {
    // Recorded: a negative MaxItems fails the Map Run, zero reads everything.
    if (request_.max_items && *request_.max_items < 0) fail("field MaxItems must be positive");
    if (reader_.input_type == ItemReader::InputType::Parquet) {
      fail("InputType PARQUET is not supported by this simulator: give the items as CSV, JSON or JSONL");
    }
    if (reader_.source == ItemReader::Source::ListObjects) {
      list();
    } else if (reader_.manifest_type == ItemReader::ManifestType::AthenaData) {
      athena_manifest();
    } else if (reader_.input_type == ItemReader::InputType::Manifest ||
               reader_.manifest_type == ItemReader::ManifestType::S3Inventory) {
      inventory();
    } else {
      // A JSON file whose top is an object is refused (recorded in 2023; the guide of 2025 says it is iterated);
      // ItemsPointer came with that guide, so behind it an object is iterated.
      rows(object(request_.bucket, request_.key), reader_.items_pointer.has_value());
    }
    return std::move(items_);
  }

 private:
  bool full() const { return items_.values.size() >= most_; }

  const StoredObject& object(std::string_view bucket, std::string_view key) {
    charge(kRequestBytes);
    const StoredObject* found = world_.object(bucket, key);
    if (!found) {
      fail(
          fmt::format("The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey; "
                      "Bucket: {}; Key: {})",
                      bucket, key));
    }
    charge(*found);
    if (find_invalid_utf8(found->body)) fail(fmt::format("{} is not encoded in UTF-8.", uri(bucket, key)));
    return *found;
  }

  void charge(const StoredObject& object) {
    if (object.body.size() > kMaxTextBytes) {
      limit(fmt::format("the object {} is larger than the {} bytes that an item reader takes",
                        uri(object.bucket, object.key), kMaxTextBytes));
    }
    charge(object.body.size());
  }

  void charge(std::uint64_t bytes) {
    if (bytes > budget_.bytes_left) {
      limit(fmt::format("the item readers of the run read more than {} bytes", ReadBudget().bytes_left));
    }
    budget_.bytes_left -= bytes;
  }

  void begin(std::string_view source, bool pairs) {
    items_.origins.push_back({items_.values.size(), String(source), pairs});
  }

  void add(Value value) {
    if (json_size(value) > kMaxItemBytes) {
      fail(fmt::format("The item at index {} is larger than {} bytes.", items_.values.size(), kMaxItemBytes));
    }
    if (budget_.items_left == 0) {
      limit(fmt::format("the item readers of the run read more than {} items", ReadBudget().items_left));
    }
    --budget_.items_left;
    items_.values.push_back(std::move(value));
  }

  // -------------------------------------------------------------------------------------------------------- formats

  void rows(const StoredObject& object, bool objects_too) {
    const std::string source = uri(object.bucket, object.key);
    switch (reader_.input_type) {
      case ItemReader::InputType::Csv:
        begin(source, false);
        return csv(object.body);
      case ItemReader::InputType::Jsonl:
        begin(source, false);
        return json_lines(object.body, source);
      default:
        return json(object.body, source, objects_too);
    }
  }

  void json(std::string_view text, const std::string& source, bool objects_too) {
    auto value = read_value(text);
    if (!value) fail(fmt::format("{} is no JSON: {}", source, value.error().message));
    const Value* top = &*value;
    if (reader_.items_pointer) {
      top = value_at_pointer(*value, *reader_.items_pointer);
      if (!top) fail(fmt::format("ItemsPointer '{}' points to nothing in {}.", *reader_.items_pointer, source));
    }
    if (top->is_array()) {
      begin(source, false);
      for (const Value& item : top->items()) {
        if (full()) return;
        add(item);
      }
    } else if (top->is_object() && objects_too) {
      begin(source, true);
      for (const Member& member : top->members()) {
        if (full()) return;
        add(pair_(member));
      }
    } else {
      fail("Attempting to map over non-iterable node.");
    }
  }

  void json_lines(std::string_view text, const std::string& source) {
    std::size_t line = 0;
    while (!text.empty() && !full()) {
      ++line;
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view content = trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (content.empty()) continue;
      auto value = read_value(content);
      if (!value) fail(fmt::format("Line {} of {} is no JSON: {}", line, source, value.error().message));
      add(*std::move(value));
    }
  }

  void csv(std::string_view text) {
    CsvReader reader(text, reader_.csv_delimiter);
    std::vector<std::string> fields;
    std::vector<std::string> headers = reader_.csv_headers;
    if (!reader_.csv_headers_given) {
      if (!reader.next(headers, kMaxCsvHeaderBytes + 1)) return;
      if (reader.record_bytes() > kMaxCsvHeaderBytes) fail_header();
    } else {
      std::size_t bytes = 0;
      for (const std::string& header : headers) bytes += header.size();
      if (bytes > kMaxCsvHeaderBytes) fail_header();
    }
    csv_rows(reader, headers);
  }

  [[noreturn]] void fail_header() {
    fail(fmt::format("CSV headers cannot be larger than {} bytes.", kMaxCsvHeaderBytes));
  }

  void csv_rows(CsvReader& reader, const std::vector<std::string>& headers) {
    std::vector<std::string_view> sorted(headers.begin(), headers.end());
    sort_stable(sorted);
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
      fail("CSV headers cannot contain duplicates.");
    }
    std::vector<String> keys;
    keys.reserve(headers.size());
    for (const std::string& header : headers) keys.emplace_back(header);
    std::vector<std::string> fields;
    while (!full() && reader.next(fields, keys.size())) {
      if (keys.size() > budget_.cells_left) {
        limit(fmt::format("the item readers of the run read more than {} fields", ReadBudget().cells_left));
      }
      budget_.cells_left -= keys.size();
      ObjectBuilder row(keys.size());
      for (std::size_t i = 0; i < keys.size(); ++i) {
        row.set(keys[i], i < fields.size() && !fields[i].empty() ? Value(fields[i]) : empty_text_);
      }
      add(std::move(row).build());
    }
  }

  // -------------------------------------------------------------------------------------------------------- sources

  void list() {
    const auto all = world_.objects(request_.bucket, request_.prefix);
    charge((all.size() + 1) * kRequestBytes);
    if (all.empty() && world_.objects(request_.bucket, "").empty()) {
      // An empty bucket cannot be told from none; the second is the likelier mistake.
      fail(
          fmt::format("The specified bucket does not exist. (Service: Amazon S3; Status Code: 404; Error Code: "
                      "NoSuchBucket; Bucket: {})",
                      request_.bucket));
    }
    if (!reader_.load_and_flatten) begin(fmt::format("S3://{}", request_.bucket), false);
    for (const StoredObject* object : all) {
      if (full()) return;
      if (!request_.start_after.empty() && object->key <= request_.start_after) continue;
      // What lies behind a delimiter is listed as a common prefix and is no object of the listing.
      if (!request_.delimiter.empty() &&
          object->key.find(request_.delimiter, request_.prefix.size()) != std::string::npos) {
        continue;
      }
      if (reader_.load_and_flatten) {
        rows(this->object(object->bucket, object->key), true);
      } else {
        charge(*object);
        add(description(*object));
      }
    }
  }

  /// An entry of a listing. The world knows neither dates nor storage classes. Source: developer guide, "ItemReader".
  Value description(const StoredObject& object) {
    ObjectBuilder entry(5);
    entry.set("Etag", Value(fmt::format("\"{}\"", hex_digest(Digest::Md5, object.body))));
    entry.set("Key", Value(object.key));
    entry.set("LastModified", Value(request_.last_modified));
    entry.set("Size", Value(static_cast<std::uint64_t>(object.body.size())));
    entry.set("StorageClass", Value("STANDARD"));
    return std::move(entry).build();
  }

  /// What UNLOAD of Athena leaves: one URI of a data file per line.
  void athena_manifest() {
    std::string_view text = object(request_.bucket, request_.key).body;
    while (!text.empty() && !full()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
      if (line.empty()) continue;
      if (!line.starts_with("s3://") && !line.starts_with("S3://")) {
        fail(
            fmt::format("\"{}\" in the manifest {} is no URI of an object.", line, uri(request_.bucket, request_.key)));
      }
      line.remove_prefix(5);
      const std::size_t slash = std::min(line.find('/'), line.size());
      rows(object(line.substr(0, slash), line.substr(std::min(slash + 1, line.size()))), true);
    }
  }

  /// An S3 inventory: a manifest.json that names CSV files without header rows, and their columns.
  void inventory() {
    const std::string source = uri(request_.bucket, request_.key);
    auto manifest = read_value(object(request_.bucket, request_.key).body);
    if (!manifest) fail(fmt::format("The manifest {} is no JSON: {}", source, manifest.error().message));
    const Value* format = manifest->find("fileFormat");
    const Value* schema = manifest->find("fileSchema");
    const Value* files = manifest->find("files");
    if (!format || !format->is_string() || !schema || !schema->is_string() || !files || !files->is_array()) {
      fail(fmt::format("The manifest {} is not that of an S3 inventory: it needs fileFormat, fileSchema and files.",
                       source));
    }
    if (format->as_string() != "CSV") {
      fail(fmt::format("The S3 inventory {} is in the format {}; only CSV can be read.", source, format->as_string()));
    }
    std::vector<std::string> headers;
    std::string_view columns = schema->as_string();
    if (columns.size() > kMaxCsvHeaderBytes) fail_header();
    while (!columns.empty()) {
      const std::size_t end = std::min(columns.find(','), columns.size());
      headers.emplace_back(trimmed(columns.substr(0, end)));
      columns.remove_prefix(std::min(end + 1, columns.size()));
    }
    // The files lie in the destination bucket, which is named by its ARN.
    std::string bucket = request_.bucket;
    if (const Value* destination = manifest->find("destinationBucket"); destination && destination->is_string()) {
      const std::string_view arn = destination->as_string();
      bucket = std::string(arn.substr(arn.rfind(':') + 1));
    }
    for (const Value& file : files->items()) {
      if (full()) return;
      const Value* key = file.find("key");
      if (!key || !key->is_string()) fail(fmt::format("The manifest {} has a file without a key.", source));
      const StoredObject& data = object(bucket, key->as_string());
      begin(uri(data.bucket, data.key), false);
      CsvReader reader(data.body, ',');
      csv_rows(reader, headers);
    }
  }

  const ReadRequest& request_;
  const ItemReader& reader_;
  World& world_;
  ReadBudget& budget_;
  std::uint64_t most_ = UINT64_MAX;
  MapItems items_;
  const Value empty_text_{""};
  const Pairs pair_;
};

}  // namespace

std::optional<MapItems> items_of(const Value& value, std::string_view source) {
  MapItems items;
  items.origins.push_back({0, String(source), value.is_object()});
  if (value.is_array()) {
    items.values.assign(value.items().begin(), value.items().end());
    return items;
  }
  if (!value.is_object()) return std::nullopt;
  const Pairs pair;
  items.values.reserve(value.size());
  for (const Member& member : value.members()) items.values.push_back(pair(member));
  return items;
}

Result<MapItems, ReadError> read_items(const ReadRequest& request, World& world, ReadBudget& budget) {
  try {
    return Reading(request, world, budget).run();
  } catch (Stop& stop) {
    return std::move(stop.error);
  }
}

const Value* value_at_pointer(const Value& root, std::string_view pointer) {
  const Value* value = &root;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string token;
    for (std::size_t i = 0; i < end; ++i) {
      if (pointer[i] != '~') {
        token += pointer[i];
        continue;
      }
      const char next = i + 1 < end ? pointer[i + 1] : '\0';
      if (next != '0' && next != '1') return nullptr;
      token += next == '0' ? '~' : '/';
      ++i;
    }
    pointer.remove_prefix(end);
    if (value->is_array()) {
      const bool digits =
          !token.empty() && token.size() < 19 && token.find_first_not_of("0123456789") == std::string::npos;
      if (!digits || (token.size() > 1 && token[0] == '0')) return nullptr;
      std::size_t index = 0;
      for (const char c : token) index = index * 10 + static_cast<std::size_t>(c - '0');
      value = value->at(index);
    } else {
      value = value->find(token);
    }
    if (!value) return nullptr;
  }
  return value;
}

}  // namespace stepglass
