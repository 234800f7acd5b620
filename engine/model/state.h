#pragma once
// A state of a state machine, as loaded and checked: every field of the language has a typed place here. Expressions
// are compiled; transitions are resolved to states of the same scope.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/intrinsic/intrinsic.h"
#include "engine/model/jsonata_field.h"
#include "engine/model/resource.h"
#include "engine/model/template.h"
#include "engine/model/timestamp.h"
#include "engine/path/query.h"
#include "engine/path/reference_path.h"
#include "engine/support/boxed.h"
#include "engine/support/span.h"
#include "engine/value/value.h"

namespace stepglass {

struct State;

enum class QueryLanguage : std::uint8_t { JSONPath, JSONata };

/// A number: literal, from a path (the …Path form), or by JSONata. monostate: the field is absent.
using IntegerField = std::variant<std::monostate, std::int64_t, path::Query, JsonataField>;
using NumberField = std::variant<std::monostate, double, path::Query, JsonataField>;
/// A text: literal, from a path or an intrinsic call (the …Path form), or by JSONata.
using TextField = std::variant<std::monostate, std::string, path::Query, intrinsic::Call, JsonataField>;
/// A JSONPath template or a JSONata value.
using TemplateField = std::variant<std::monostate, Template, JsonataField>;

/// InputPath and OutputPath: `$` (also when absent), null (an empty object), a path, or an intrinsic call.
struct DataPath {
  bool discards = false;                // null
  std::optional<path::Query> query;     // absent: "$", or a call
  std::optional<intrinsic::Call> call;  // e.g. States.StringToJson($.body)
};

/// ResultPath: `$` (also when absent), null (the result is dropped), or a place.
struct ResultPath {
  bool discards = false;
  std::optional<path::ReferencePath> place;  // absent: "$"
};

/// Assign: variables that get values when the state ends this way.
struct Assign {
  TemplateField values;
  explicit operator bool() const { return values.index() != 0; }
};

/// A name of a state of the same scope, and the state. The state is null only when there is none of that name, which
/// then is among the diagnostics.
struct Target {
  std::string name;
  Span span;
  const State* state = nullptr;
};

struct Retrier {
  std::vector<std::string> error_equals;
  std::int64_t interval_seconds = 1;
  std::int64_t max_attempts = 3;
  double backoff_rate = 2.0;
  std::optional<std::int64_t> max_delay_seconds;
  bool full_jitter = false;
  Span span;
};

struct Catcher {
  std::vector<std::string> error_equals;
  Target next;
  ResultPath result_path;
  Assign assign;
  std::optional<JsonataField> output;
  Span span;
};

// ------------------------------------------------------------------------------------------------------ choice rules

enum class Relation : std::uint8_t { Equals, LessThan, GreaterThan, LessThanEquals, GreaterThanEquals };

enum class Test : std::uint8_t {
  String,
  Numeric,
  Boolean,
  Timestamp,
  StringMatches,
  IsNull,
  IsPresent,
  IsNumeric,
  IsString,
  IsBoolean,
  IsTimestamp,
};

/// A data test: `Variable` and one operator.
struct Comparison {
  path::Query variable;
  Test test = Test::String;
  Relation relation = Relation::Equals;
  /// What is compared with: a literal, or what a path finds. For Is… tests the expected outcome.
  std::variant<Value, path::Query> operand;
  /// The literal of a Timestamp test.
  std::optional<Instant> instant;
};

struct Condition;

struct And {
  std::vector<Condition> all;
};
struct Or {
  std::vector<Condition> any;
};
struct Not {
  std::vector<Condition> one;  // exactly one
};

struct Condition {
  std::variant<Comparison, And, Or, Not, JsonataField> content;
};

struct ChoiceRule {
  Condition condition{Or{}};  // until it is read: it never holds
  Target next;
  Assign assign;
  std::optional<JsonataField> output;
  Span span;
};

// ------------------------------------------------------------------------------------------------------------ scopes

/// What one `States` object holds: the machine itself, a branch of a Parallel, the processor of a Map. Not moved once
/// loaded, since targets point into it.
struct Scope {
  std::vector<State> states;  // as written
  Target start_at;
  std::optional<std::string> comment;
  Span span;
};

// ------------------------------------------------------------------------------------------------------------- kinds

struct Pass {
  std::optional<Value> result;
  TemplateField parameters;
};

struct Task {
  Resource resource;
  TemplateField parameters;  // Parameters, or Arguments with JSONata
  TemplateField credentials;
  IntegerField timeout_seconds;
  IntegerField heartbeat_seconds;
};

struct Choice {
  std::vector<ChoiceRule> choices;
  std::optional<Target> default_next;
};

struct Wait {
  /// Exactly one of the two is present.
  IntegerField seconds;
  std::variant<std::monostate, Instant, path::Query, JsonataField> timestamp;
};

struct Succeed {};

struct Fail {
  TextField error;
  TextField cause;
};

struct Parallel {
  std::vector<Scope> branches;
  TemplateField parameters;  // Parameters, or Arguments with JSONata
};

struct ItemReader {
  enum class Source { GetObject, ListObjects };
  enum class InputType { None, Csv, Json, Jsonl, Parquet, Manifest };
  enum class ManifestType { None, AthenaData, S3Inventory };
  Source source = Source::GetObject;
  TemplateField parameters;
  InputType input_type = InputType::None;
  ManifestType manifest_type = ManifestType::None;
  bool load_and_flatten = false;
  char csv_delimiter = ',';
  bool csv_headers_given = false;  // CSVHeaderLocation GIVEN
  std::vector<std::string> csv_headers;
  IntegerField max_items;
  std::optional<std::string> items_pointer;
};

struct ItemBatcher {
  IntegerField max_items_per_batch;
  IntegerField max_input_bytes_per_batch;
  TemplateField batch_input;
};

struct ResultWriter {
  enum class Transformation { None, Compact, Flatten };
  bool exports = false;  // has a Resource: results go to S3
  TemplateField parameters;
  std::optional<Transformation> transformation;
  bool json_lines = false;
};

struct Map {
  Scope processor;
  bool distributed = false;
  bool express_children = false;
  std::optional<std::string> label;
  std::optional<path::Query> items_path;
  std::optional<JsonataField> items;
  TemplateField item_selector;
  // Boxed, since few Maps have them and every state takes the room of the largest kind.
  Boxed<ItemReader> item_reader;
  Boxed<ItemBatcher> item_batcher;
  Boxed<ResultWriter> result_writer;
  IntegerField max_concurrency;
  IntegerField tolerated_failure_count;
  NumberField tolerated_failure_percentage;
};

struct State {
  std::string name;
  String shared_name;  // the same, as a Value for events and the context object
  Span name_span;
  Span span;
  QueryLanguage language = QueryLanguage::JSONPath;
  std::optional<std::string> comment;

  /// Where it goes when it is done; absent: it ends its scope (End, Succeed, Fail, and Choice, which goes by its
  /// rules).
  std::optional<Target> next;
  DataPath input_path;
  DataPath output_path;
  ResultPath result_path;
  TemplateField result_selector;
  Assign assign;
  std::optional<JsonataField> output;
  std::vector<Retrier> retry;
  std::vector<Catcher> catchers;

  std::variant<Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map> kind;
  /// Its Type is missing or none of these; `kind` is a Pass then, and of its fields only the next two are known.
  bool has_unknown_kind = false;
  /// The Type, or all of it, is a placeholder such as "${Kind}", which deployment fills in. All others that are unknown
  /// are among the diagnostics.
  bool has_placeholder_kind = false;
  /// It says "End": true.
  bool unknown_kind_ends = false;
};

/// The name of a state's kind as the language spells it: "Pass", "Task", …
std::string_view kind_name(const State& state);

}  // namespace stepglass
