#pragma once
// Runs programs. Private to engine/path; see evaluator.cpp.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/path/program.h"

namespace stepglass::path {

/// Why an evaluation stopped, kept without making its text: most of these are caught on the way.
struct Trouble {
  enum class Kind : std::uint8_t {
    None,
    NotFound,     // Jayway's PathNotFoundException
    Invalid,      // its InvalidPathException: inside a filter this means "no"
    OutOfBounds,  // Java's IndexOutOfBoundsException: an index step on the way catches it
    Failed,       // anything else
  };
  enum class Text : std::uint8_t {
    Ready,
    MissingProperty,
    NoResults,
    NoSuchName,
    NotAnObject,
    NotAnArray,
    IsNull,
    Primitive,
  };
  Kind kind = Kind::None;
  Text text = Text::Ready;
  const Path::Program* program = nullptr;
  std::size_t step = 0;
  String name;
  Value model;
  std::string message;  // Text::Ready
};

/// Operands from $ that were worked out before, by their slot; and the same as worked out under require_properties.
struct Cache {
  std::vector<std::optional<Node>> usual, required;
};

/// What $ is, and what was already worked out for it.
struct Scope {
  const Value* root = nullptr;
  bool require_properties = false;  // as when a filter asks whether a path exists
  Cache* cache = nullptr;
};

/// What a program selected.
struct Selection {
  std::vector<Value> values;  // of definite programs the last one only
};

/// One step that has several results, or a scan, at the place it has come to.
struct Frame {
  enum class Kind : std::uint8_t { Items, Members, Indexes, Names, FilteredItems, Scan };
  Kind kind;
  bool indexed;        // an index step was taken between the frame below and this one
  std::uint8_t phase;  // Scan: 0 the node itself, 1 its items for the step behind the next, 2 its children
  std::uint32_t step;  // the step this frame is for
  const Value* model;
  std::int64_t next;  // place of what comes next
  std::int64_t end;
  std::size_t made;  // results of functions that were in use before
};

class Evaluator {
 public:
  /// Looks at no more than `visits` values.
  Evaluator(const Path::Program& outermost, const Value& root, std::uint64_t visits);
  std::uint64_t visits_left() const { return visits_left_; }

  Result<Value, EvaluationError> run();

 private:
  class Walk;

  // evaluator.cpp. All of these give false when there is trouble.
  bool value_of(const Path::Program& program, const Value& document, const Scope& scope, Value& value);
  bool select(const Path::Program& program, const Value& document, const Scope& scope, Selection& selection);
  bool charge(std::uint64_t visits);
  bool fail(std::string message);
  bool invalid(std::string message = {});
  Cache new_cache() const;
  bool trouble(Trouble::Kind kind, Trouble::Text text, const Path::Program& program, std::size_t step,
               const Value& model, const String& name = String());
  EvaluationError error() const;

  // filter.cpp
  bool accepts(const Expression& expression, const Value& item, const Scope& scope, bool& accepted);
  bool holds(const Expression& expression, const Value& item, const Scope& scope, bool& result);
  bool compare(const Expression& expression, const Node& left, const Node& right, bool& result);
  bool evaluate_operand(const Operand& operand, const Value& item, const Scope& scope, Node& node);
  bool exists(const Path::Program& path, const Value& item, const Scope& scope, bool& result);
  bool list_of(const Operand& operand, const Node& node, NodeList& storage, const NodeList*& list);
  bool contains(const NodeList& list, const Node& node, bool& result);
  bool equal(const Node& left, const Node& right, bool& result);
  bool same_json(const Value& a, const Value& b, bool& result);
  bool matches(const Regex& pattern, const Node& input, bool& result);

  // functions.cpp
  bool call(const Step& step, const Value& model, const Scope& scope, Value& result);
  bool arguments(const Step& step, const Scope& scope, std::vector<Value>& values);
  bool aggregate(Function function, const Value& model, const std::vector<Value>& arguments, Value& result);
  bool pick(Function function, const Value& model, const std::vector<Value>& arguments, Value& result);
  bool length(const Step& step, const Value& model, const Scope& scope, Value& result);

  const Path::Program& outermost_;
  const Value& root_;
  const std::uint64_t visits_;
  std::uint64_t visits_left_;
  std::vector<Frame> frames_;
  std::deque<Value> made_;  // results of functions on the way
  std::vector<std::int32_t> scanned_places_;
  Cache cache_;
  Trouble trouble_;
};

}  // namespace stepglass::path
