// What distributed Maps have: ItemReader, ItemBatcher, ResultWriter.

#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/syntax.h"

namespace stepglass::loading {
namespace {

/// True when `resource` is arn:…:states:::`action`.
bool names_action(std::string_view resource, std::string_view action) {
  constexpr std::string_view kInfix = ":states:::";
  return resource.starts_with("arn:") && resource.size() > kInfix.size() + action.size() &&
         resource.ends_with(action) && resource.substr(0, resource.size() - action.size()).ends_with(kInfix);
}

void report_resource(const Reading& reading, Node node, std::string_view rule, std::string help) {
  if (contains_placeholder(node.text())) return;
  reading.findings.add({.name = rule,
                        .at = node,
                        .span = node.span(),
                        .message = fmt::format("\"{}\" cannot be used here", quoted(node.text())),
                        .help = std::move(help)},
                       {.message = std::string(service::kReaderResource), .at = node});
}

/// Reports that `field` of `object` is missing.
void report_required(const Reading& reading, Node object, std::string_view rule, std::string_view field,
                     std::string_view help) {
  reading.findings.add({.name = rule,
                        .at = object,
                        .span = head(object),
                        .message = fmt::format("\"{}\" is missing", field),
                        .help = std::string(help)},
                       {.message = service::required({field}), .at = object});
}

template <typename Reader>
void exclude(const Reading& reading, const Fields<Reader>& fields, std::string_view first, std::string_view second) {
  const auto a = fields.find(first);
  const auto b = fields.find(second);
  if (a && b) {
    report_both(reading, "literal-and-path-form", fields.object(), *a, *b, fmt::format("{}, {}", first, second));
  }
}

void set_path(const Reading& reading, IntegerField& field, Node node) {
  if (auto query = read_path(reading, node, PathUse::Reference, "invalid-reference-path")) field = std::move(*query);
}

// -------------------------------------------------------------------------------------------------------- ItemReader

struct ReaderReader {
  StateReader& state;
  ItemReader& result;
};

using R = ReaderReader;

void read_input_type(R& r, Node node) {
  using enum ItemReader::InputType;
  const auto word =
      read_word(r.state.reading, node, "unknown-input-type", {"CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"});
  if (!word) return;
  r.result.input_type = *word == "CSV"       ? Csv
                        : *word == "JSON"    ? Json
                        : *word == "JSONL"   ? Jsonl
                        : *word == "PARQUET" ? Parquet
                                             : Manifest;
}

void read_delimiter(R& r, Node node) {
  const auto word = read_word(r.state.reading, node, "csv-headers", {"COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"});
  if (!word) return;
  r.result.csv_delimiter = *word == "COMMA"       ? ','
                           : *word == "PIPE"      ? '|'
                           : *word == "SEMICOLON" ? ';'
                           : *word == "SPACE"     ? ' '
                                                  : '\t';
}

void read_headers(R& r, Node node) {
  if (!node.is_array()) return report_type(r.state.reading, node, "an array of strings", "[ARRAY]");
  std::set<std::string_view> seen;
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    const auto text = read_string(r.state.reading, *child);
    if (!text) continue;
    if (!seen.emplace(*text).second) {
      // Recorded: the run fails, the definition is taken.
      warn(r.state.reading, "csv-headers", *child, fmt::format("the header \"{}\" is there twice", quoted(*text)),
           "give each column a name of its own: with two alike, the reader fails");
    }
    r.result.csv_headers.emplace_back(*text);
  }
}

constexpr std::int64_t kMaxItems = 100'000'000;

constexpr Field<R> kConfigFields[] = {
    {"CSVDelimiter", kAnyKind, Languages::Both, read_delimiter},
    {"CSVHeaderLocation", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       const auto word = read_word(r.state.reading, n, "csv-headers", {"FIRST_ROW", "GIVEN"});
       r.result.csv_headers_given = word && *word == "GIVEN";
     }},
    {"CSVHeaders", kAnyKind, Languages::Both, read_headers},
    {"InputType", kAnyKind, Languages::Both, read_input_type},
    {"ItemsPointer", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       if (const auto text = read_string(r.state.reading, n)) r.result.items_pointer = std::string(*text);
     }},
    {"ManifestType", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       using enum ItemReader::ManifestType;
       const auto word = read_word(r.state.reading, n, "unknown-input-type", {"ATHENA_DATA", "S3_INVENTORY"});
       if (word) r.result.manifest_type = *word == "ATHENA_DATA" ? AthenaData : S3Inventory;
     }},
    {"MaxItems", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       r.result.max_items = read_integer(r.state.reading, n,
                                         {.rule = "invalid-max-items", .least = 1, .most = kMaxItems, .lenient = true});
     }},
    {"MaxItemsPath", kAnyKind, Languages::JSONPath,
     [](R& r, Node n) { set_path(r.state.reading, r.result.max_items, n); }},
    {"Transformation", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       const auto word = read_word(r.state.reading, n, "unknown-input-type", {"NONE", "LOAD_AND_FLATTEN"});
       r.result.load_and_flatten = word && *word == "LOAD_AND_FLATTEN";
     }},
};
static_assert(is_sorted_by_name(kConfigFields));

void read_reader_config(R& r, Node node) {
  const Reading& reading = r.state.reading;
  if (!node.is_object()) return report_type(reading, node, "an object", "[OBJECT]");
  Fields<R> fields(node, kConfigFields);
  const Owner owner{.article = "a reader's configuration", .any_language = r.state.owner.any_language};
  fields.report_unknown(reading, owner, kConfigFields);
  fields.check_allowed(reading, owner);
  exclude(reading, fields, "MaxItems", "MaxItemsPath");
  const auto type = fields.find("InputType");
  const std::string_view word = type && type->is_string() ? type->text() : std::string_view();
  const auto location = fields.find("CSVHeaderLocation");
  if (word == "CSV" && !location && !fields.has("ManifestType")) {
    reading.findings.add({.name = "csv-headers",
                          .at = node,
                          .span = head(node),
                          .message = "a CSV reader has to say where the headers are",
                          .help = "write \"CSVHeaderLocation\": \"FIRST_ROW\" or \"GIVEN\""},
                         {.message = std::string(service::kHeaderLocation), .at = node});
  } else if (word == "JSON" && location) {
    fields.skip("CSVHeaderLocation");
    reading.findings.add({.name = "csv-headers",
                          .at = *location,
                          .span = location->key_span(),
                          .message = "JSON has no headers",
                          .help = "delete it"},
                         {.message = service::not_supported("CSVHeaderLocation"), .at = node});
  }
  if (location && location->is_string() && location->text() == "GIVEN" && !fields.has("CSVHeaders")) {
    report_required(reading, node, "csv-headers", "CSVHeaders", "list the names of the columns");
  }
  const auto manifest = fields.find("ManifestType");
  if (manifest && manifest->is_string() && manifest->text() == "S3_INVENTORY" && type && word != "MANIFEST") {
    reading.findings.add({.name = "inventory-input-type",
                          .at = *type,
                          .span = type->key_span(),
                          .message = "an S3 inventory says itself what it is",
                          .help = "delete \"InputType\"",
                          .severity = Severity::Warning});
  }
  fields.read(r);
}

constexpr Field<R> kReaderFields[] = {
    {"Arguments", kAnyKind, Languages::JSONata,
     [](R& r, Node n) { r.result.parameters = read_template(r.state.reading, n); }},
    {"Comment", kAnyKind, Languages::Both, [](R& r, Node n) { read_string(r.state.reading, n); }},
    {"Parameters", kAnyKind, Languages::JSONPath,
     [](R& r, Node n) { r.result.parameters = read_template(r.state.reading, n); }},
    {"ReaderConfig", kAnyKind, Languages::Both, read_reader_config},
    {"Resource", kAnyKind, Languages::Both,
     [](R& r, Node n) {
       const auto text = read_string(r.state.reading, n);
       if (!text) return;
       if (names_action(*text, "s3:listObjectsV2")) {
         r.result.source = ItemReader::Source::ListObjects;
       } else if (!names_action(*text, "s3:getObject")) {
         report_resource(r.state.reading, n, "unknown-integration",
                         "write arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2");
       }
     }},
};
static_assert(is_sorted_by_name(kReaderFields));

// ------------------------------------------------------------------------------------------------------- ItemBatcher

struct BatcherReader {
  StateReader& state;
  ItemBatcher& result;
};

using B = BatcherReader;

constexpr std::int64_t kMaxBatchBytes = 262'144;

constexpr Field<B> kBatcherFields[] = {
    {"BatchInput", kAnyKind, Languages::Both,
     [](B& b, Node n) { b.result.batch_input = read_template(b.state.reading, n); }},
    {"Comment", kAnyKind, Languages::Both, [](B& b, Node n) { read_string(b.state.reading, n); }},
    {"MaxInputBytesPerBatch", kAnyKind, Languages::Both,
     [](B& b, Node n) {
       b.result.max_input_bytes_per_batch = read_integer(
           b.state.reading, n, {.rule = "item-batcher-limits", .least = 1, .most = kMaxBatchBytes, .lenient = true});
     }},
    {"MaxInputBytesPerBatchPath", kAnyKind, Languages::JSONPath,
     [](B& b, Node n) { set_path(b.state.reading, b.result.max_input_bytes_per_batch, n); }},
    {"MaxItemsPerBatch", kAnyKind, Languages::Both,
     [](B& b, Node n) {
       b.result.max_items_per_batch = read_integer(
           b.state.reading, n, {.rule = "item-batcher-limits", .least = 1, .most = INT64_MAX, .lenient = true});
     }},
    {"MaxItemsPerBatchPath", kAnyKind, Languages::JSONPath,
     [](B& b, Node n) { set_path(b.state.reading, b.result.max_items_per_batch, n); }},
};
static_assert(is_sorted_by_name(kBatcherFields));

// ------------------------------------------------------------------------------------------------------ ResultWriter

struct WriterReader {
  StateReader& state;
  ResultWriter& result;
};

using W = WriterReader;

constexpr Field<W> kWriterConfigFields[] = {
    {"OutputType", kAnyKind, Languages::Both,
     [](W& w, Node n) {
       const auto word = read_word(w.state.reading, n, "writer-config-incomplete", {"JSON", "JSONL"});
       w.result.json_lines = word && *word == "JSONL";
     }},
    {"Transformation", kAnyKind, Languages::Both,
     [](W& w, Node n) {
       using enum ResultWriter::Transformation;
       const auto word = read_word(w.state.reading, n, "writer-config-incomplete", {"NONE", "COMPACT", "FLATTEN"});
       if (word) w.result.transformation = *word == "NONE" ? None : *word == "COMPACT" ? Compact : Flatten;
     }},
};
static_assert(is_sorted_by_name(kWriterConfigFields));

void read_writer_config(W& w, Node node) {
  const Reading& reading = w.state.reading;
  if (!node.is_object()) return report_type(reading, node, "an object", "[OBJECT]");
  Fields<W> fields(node, kWriterConfigFields);
  fields.report_unknown(reading, {.article = "a writer's configuration"}, kWriterConfigFields);
  for (const std::string_view field : {"Transformation", "OutputType"}) {
    if (!fields.has(field)) {
      report_required(reading, node, "writer-config-incomplete", field,
                      "write both \"Transformation\" and \"OutputType\"");
    }
  }
  fields.read(w);
}

constexpr Field<W> kWriterFields[] = {
    {"Arguments", kAnyKind, Languages::JSONata,
     [](W& w, Node n) { w.result.parameters = read_template(w.state.reading, n); }},
    {"Comment", kAnyKind, Languages::Both, [](W& w, Node n) { read_string(w.state.reading, n); }},
    {"Parameters", kAnyKind, Languages::JSONPath,
     [](W& w, Node n) { w.result.parameters = read_template(w.state.reading, n); }},
    {"Resource", kAnyKind, Languages::Both,
     [](W& w, Node n) {
       const auto text = read_string(w.state.reading, n);
       if (!text) return;
       w.result.exports = true;
       if (!names_action(*text, "s3:putObject")) {
         report_resource(w.state.reading, n, "unknown-integration", "write arn:aws:states:::s3:putObject");
       }
     }},
    {"WriterConfig", kAnyKind, Languages::Both, read_writer_config},
};
static_assert(is_sorted_by_name(kWriterFields));

}  // namespace

std::vector<std::string_view> item_reader_field_names(bool is_jsonata) {
  return names_in(kReaderFields, kAnyKind, is_jsonata);
}
std::vector<std::string_view> reader_config_field_names(bool is_jsonata) {
  return names_in(kConfigFields, kAnyKind, is_jsonata);
}
std::vector<std::string_view> item_batcher_field_names(bool is_jsonata) {
  return names_in(kBatcherFields, kAnyKind, is_jsonata);
}
std::vector<std::string_view> result_writer_field_names(bool is_jsonata) {
  return names_in(kWriterFields, kAnyKind, is_jsonata);
}
std::vector<std::string_view> writer_config_field_names(bool is_jsonata) {
  return names_in(kWriterConfigFields, kAnyKind, is_jsonata);
}

void read_item_reader(StateReader& r, Node node) {
  if (!node.is_object()) return report_type(r.reading, node, "an object with a \"Resource\"", "[OBJECT]");
  ReaderReader reader{r, r.as<Map>().item_reader.emplace()};
  Fields<ReaderReader> fields(node, kReaderFields);
  const Owner owner{.article = "an ItemReader", .any_language = r.owner.any_language};
  fields.report_unknown(r.reading, owner, kReaderFields);
  fields.check_allowed(r.reading, owner);
  if (!fields.has("Resource")) {
    report_required(r.reading, node, "item-reader-missing-resource", "Resource",
                    "write arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2");
  }
  fields.read(reader);
}

void read_item_batcher(StateReader& r, Node node) {
  if (!node.is_object()) return report_type(r.reading, node, "an object", "[OBJECT]");
  BatcherReader reader{r, r.as<Map>().item_batcher.emplace()};
  Fields<BatcherReader> fields(node, kBatcherFields);
  const Owner owner{.article = "an ItemBatcher", .any_language = r.owner.any_language};
  fields.report_unknown(r.reading, owner, kBatcherFields);
  fields.check_allowed(r.reading, owner);
  exclude(r.reading, fields, "MaxItemsPerBatch", "MaxItemsPerBatchPath");
  exclude(r.reading, fields, "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath");
  const bool has_limit = fields.has("MaxItemsPerBatch") || fields.has("MaxItemsPerBatchPath") ||
                         fields.has("MaxInputBytesPerBatch") || fields.has("MaxInputBytesPerBatchPath");
  if (!has_limit) {
    r.reading.findings.add(
        {.name = "item-batcher-empty",
         .at = node,
         .span = head(node),
         .message = "an ItemBatcher has to say how large batches get",
         .help = "write \"MaxItemsPerBatch\" or \"MaxInputBytesPerBatch\""},
        {.message = service::none_of(
             "MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath"),
         .at = node});
  }
  fields.read(reader);
}

void read_result_writer(StateReader& r, Node node) {
  if (!node.is_object()) return report_type(r.reading, node, "an object", "[OBJECT]");
  WriterReader reader{r, r.as<Map>().result_writer.emplace()};
  Fields<WriterReader> fields(node, kWriterFields);
  const Owner owner{.article = "a ResultWriter", .any_language = r.owner.any_language};
  fields.report_unknown(r.reading, owner, kWriterFields);
  fields.check_allowed(r.reading, owner);
  const bool has_parameters = fields.has("Parameters") || fields.has("Arguments");
  if (fields.has("Resource") != has_parameters) {
    const std::string_view parameters = r.reading.is_jsonata() ? "Arguments" : "Parameters";
    report_required(r.reading, node, "writer-config-incomplete", has_parameters ? "Resource" : parameters,
                    fmt::format("write \"Resource\" and \"{}\" together", parameters));
  } else if (!has_parameters && !fields.has("WriterConfig")) {
    r.reading.findings.add({.name = "writer-config-incomplete",
                            .at = node,
                            .span = head(node),
                            .message = "this ResultWriter says nothing",
                            .help = "write \"Resource\" and \"Parameters\", or \"WriterConfig\", or delete it"},
                           {.message = service::none_of("Resource, WriterConfig"), .at = node});
  }
  fields.read(reader);
}

}  // namespace stepglass::loading
