#pragma once
// Reads the values of fields: numbers, texts, paths, templates, JSONata. Each reader takes what it can, reports what is
// wrong, and says nothing about placeholders. Private to engine/model.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/findings.h"
#include "engine/model/state.h"

namespace stepglass::loading {

/// What the reading of a value depends on besides the value.
struct Reading {
  Findings& findings;
  QueryLanguage language = QueryLanguage::JSONPath;
  /// $$.Map can be there: below a Map, or in its ItemSelector. A single state is tested with a context of its own.
  bool has_map_context = false;
  /// Runs in an Express execution.
  bool express = false;
  /// The state that is read; absent outside of states.
  std::optional<Node> state = {};
  /// Its work gives a result of its own: Task, Parallel, Map.
  bool has_result = false;

  bool is_jsonata() const { return language == QueryLanguage::JSONata; }
};

/// Children of `node`; of members with equal keys only the last. O(n log n).
std::vector<Node> unique_children(Node node);

/// True for null that stands where broken text has no value.
bool is_missing(Node node);

// ---------------------------------------------------------------------------------------------------------- plain JSON

/// Reports that the value has the wrong type: `expected` as people say it ("a string"), `type` as the service does.
void report_type(const Reading& reading, Node node, std::string_view expected, std::string_view type,
                 std::string_view rule = "wrong-field-type");

/// A string; nothing and a report when it is none.
std::optional<std::string_view> read_string(const Reading& reading, Node node,
                                            std::string_view rule = "wrong-field-type");

/// One of `values`, listed as the service lists them ("NONE, FULL"); nothing for a placeholder, or with a report.
std::optional<std::string_view> read_word(const Reading& reading, Node node, std::string_view rule,
                                          std::initializer_list<std::string_view> values);

/// True when `text` is {% … %} as a whole.
bool is_expression(std::string_view text);

// ------------------------------------------------------------------------------------------------------------- numbers

struct IntegerRule {
  std::string_view rule;
  std::int64_t least;
  std::int64_t most;
  /// {% … %} can stand here in JSONata states.
  bool takes_expression = true;
  /// The service takes 0, too, though the specification does not: worth a warning only.
  bool lenient = false;
};

inline constexpr std::int64_t kMaxSeconds = 99'999'999;

/// A literal, or {% … %}; monostate for a placeholder, or with a report.
IntegerField read_integer(const Reading& reading, Node node, const IntegerRule& rule);
/// As read_integer for the retrier's fields, which take literals only.
std::optional<std::int64_t> read_literal_integer(const Reading& reading, Node node, IntegerRule rule);

struct NumberRule {
  std::string_view rule;
  double least;
  std::optional<double> most;
  bool takes_expression = true;
};

NumberField read_number(const Reading& reading, Node node, const NumberRule& rule);

// --------------------------------------------------------------------------------------------------------------- paths

enum class PathUse : std::uint8_t {
  Any,        // may select several values
  Reference,  // one place, of the input or a variable: SecondsPath and the like
  Items,      // one place, of the context object too: ItemsPath
  Variable,   // as Any, but called a Reference Path by the service: Variable, ErrorPath, …Path operands
};

/// A path of the given use; nothing for a placeholder, or with a report under `rule`.
std::optional<path::Query> read_path(const Reading& reading, Node node, PathUse use, std::string_view rule);
/// InputPath, OutputPath: null, a path, or an intrinsic call.
DataPath read_data_path(const Reading& reading, Node node);
/// ResultPath: null, or a place.
ResultPath read_result_path(const Reading& reading, Node node, std::string_view rule);
/// ErrorPath, CausePath: a path, or an intrinsic call that gives a string.
TextField read_text_path(const Reading& reading, Node node);

// -------------------------------------------------------------------------------------------------------------- values

/// "Output/values[0]": where `node` stands inside the state that is read.
std::string location_in_state(const Reading& reading, Node node);
/// Any JSON in which strings of the form {% … %} are expressions.
JsonataField read_jsonata(const Reading& reading, Node node);
/// A literal string, or {% … %} in a JSONata state.
TextField read_text(const Reading& reading, Node node);
/// A payload template, or JSON with expressions in a JSONata state.
TemplateField read_template(const Reading& reading, Node node);
/// Assign: an object whose keys are variables.
Assign read_assign(const Reading& reading, Node node);

/// Warns of a literal that looks like a path where none is evaluated, such as StringEquals: "$.b".
void warn_of_static_path(const Reading& reading, Node node);
/// Warns of paths and ".$" keys in a Pass state's Result.
void warn_of_static_result(const Reading& reading, Node node);

}  // namespace stepglass::loading
