#pragma once
// What a Path is compiled to. Private to engine/path.
//
// A program is a chain of steps. A filter holds an expression whose operands are literals or programs again; a function
// holds arguments that may be programs. The flags of a step (definite, leaf, …) are those of Jayway's path tokens: they
// decide which misses are errors and which are silence.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/path/decimal.h"
#include "engine/path/path.h"
#include "engine/support/regex.h"
#include "engine/value/print.h"
#include "engine/value/value.h"

namespace stepglass::path {

/// One side of a comparison, evaluated: what Jayway calls a ValueNode.
struct Node {
  enum class Kind : std::uint8_t {
    Undefined,  // a path that found nothing
    Null,
    Boolean,
    Number,
    String,
    Json,      // an array or object out of a document
    JsonText,  // an array or object written in the filter: `value`, as text `text`
    Pattern,
    Path,  // a text in a list that could be a path; equal to nothing
  };
  Kind kind = Kind::Undefined;
  bool broken = false;                   // JsonText that cannot be read
  Value value;                           // Boolean, Number, String, Json, JsonText
  String text;                           // JsonText
  std::shared_ptr<const Decimal> exact;  // Number that no Value keeps exactly
  std::shared_ptr<const Regex> pattern;
};

/// A list in a filter, item by item; `failed` when one of its items has no type Jayway knows there.
struct NodeList {
  std::vector<Node> nodes;
  bool failed = false;
};

enum class Operator : std::uint8_t {
  GreaterEqual,
  LessEqual,
  Equal,
  SameTypeEqual,
  NotEqual,
  SameTypeNotEqual,
  Less,
  Greater,
  Matches,
  NotIn,
  In,
  Contains,
  All,
  Size,
  Exists,
  Type,
  Predicate,
  Empty,
  SubsetOf,
  AnyOf,
  NoneOf,
};

struct Operand {
  Node literal;
  std::shared_ptr<const NodeList> list;  // of a literal list
  std::shared_ptr<const Path::Program> path;
  bool exists_check = false;
  bool should_exist = true;
  std::uint32_t cache = 0;  // slot for the result of a path from $, which is the same for every item
};

struct Expression {
  enum class Kind : std::uint8_t { Or, And, Not, Compare };
  Kind kind = Kind::Compare;
  Operator operation = Operator::Exists;
  std::vector<Expression> children;
  Operand left, right;
};

enum class Function : std::uint8_t {
  Unknown,
  Average,
  StandardDeviation,
  Sum,
  Minimum,
  Maximum,
  Concatenate,
  Length,
  Append,
  Keys,
  First,
  Last,
  Index,
};

struct Argument {
  std::optional<Value> json;                      // nothing: no JSON
  std::shared_ptr<const Path::Program> path;      // set for a path
  std::shared_ptr<const Path::Program> children;  // the same with [*] behind: what length() counts
};

struct Step {
  enum class Kind : std::uint8_t { Name, Names, Index, Indexes, Slice, Wildcard, Scan, Filter, Function };
  Kind kind = Kind::Name;
  bool leaf = false;
  bool definite = false;
  bool upstream_definite = false;
  char quote = '\'';
  bool has_from = false, has_to = false;  // Slice
  Function function = Function::Unknown;
  std::int32_t index = 0;  // Index; Slice: from
  std::int32_t to = 0;     // Slice
  /// Set in a leaf two steps behind `..`: where the place in the last array scanned is kept. See evaluator.cpp.
  std::optional<std::uint32_t> scanned_place;
  String name;  // Name, Function
  std::vector<String> names;
  std::vector<std::int32_t> indexes;
  std::shared_ptr<const Expression> filter;
  bool has_arguments = false;
  std::vector<Argument> arguments;
};

/// A step of a plain path, for Path::find.
struct PlainStep {
  String name;
  std::int32_t index = 0;
  bool is_index = false;
};

struct Path::Program {
  char root = '$';
  Dialect dialect = Dialect::Jayway;
  bool definite = true;              // in Jayway's sense: gives one value
  bool plain = true;                 // only Name and Index
  bool from_root = true;             // as an operand: starts at $ and not at the item
  std::uint32_t scanned_places = 0;  // of the outermost program: slots in use, nested programs included
  std::uint32_t caches = 0;
  std::vector<Step> steps;
  std::vector<PlainStep> plain_steps;

  const Value* find(const Value& root_value) const {
    const Value* at = &root_value;
    for (const PlainStep& step : plain_steps) {
      if (!step.is_index) {
        at = at->find(step.name.view());
      } else {
        if (!at->is_array()) return nullptr;
        const auto size = static_cast<std::int64_t>(at->size());
        const std::int64_t index = step.index < 0 ? size + step.index : step.index;
        at = index < 0 ? nullptr : at->at(static_cast<std::size_t>(index));
      }
      if (!at) return nullptr;
    }
    return at;
  }
};

/// Sets what follows from the chain as a whole: flags of steps, plain steps.
void finish(Path::Program& program);

/// The path in Jayway's spelling, from step `first` on; from the root when `first` is npos.
std::string normalised(const Path::Program& program, std::size_t first);

/// Compiles `text`, or says why not.
Result<std::shared_ptr<const Path::Program>, SyntaxError> compile(std::string_view text, Dialect dialect);

/// Items of a list as a filter compares them. `depth`: nesting so far.
NodeList to_list(std::span<const Value> items, std::size_t depth);

/// Bytes behind which the text of a value, for a message or to be matched, is cut.
inline constexpr std::size_t kMaxTextOfValue = std::size_t{1} << 20;

Result<Value, EvaluationError> evaluate(const Path::Program& program, const Value& root, std::uint64_t* visits_left);

}  // namespace stepglass::path
