#pragma once
// A Query is what the fields of the language call a path: a Path together with what it starts from. `$.a` starts from
// the document a field works on (usually the state's input), `$$.a` from the context object, `$name.a` from a variable.

#include <optional>
#include <string>
#include <string_view>

#include "engine/path/path.h"

namespace stepglass::path {

/// What a Query can start from besides its document. Asked only when a Query needs it.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  /// The context object.
  virtual const Value& context() = 0;
  /// The variable `name`; null pointer when it has no value.
  virtual const Value* variable(std::string_view name) = 0;
  /// Steps that everything that is evaluated in these surroundings may still take together (kMaxRunSteps).
  virtual std::uint64_t& steps_left() = 0;
  /// Takes `count` of them. False when there are not as many; then none are left.
  bool take_steps(std::uint64_t count) {
    std::uint64_t& left = steps_left();
    const bool enough = count <= left;
    left = enough ? left - count : 0;
    return enough;
  }
};

class Query {
 public:
  enum class Root { Document, Context, Variable };

  static Result<Query, SyntaxError> parse(std::string_view text);

  Root root() const { return root_; }
  /// The variable's name without $; empty for other roots.
  const std::string& variable() const { return variable_; }
  const Path& path() const { return path_; }
  bool is_definite() const { return path_.is_definite(); }
  /// As written.
  const std::string& text() const { return text_; }

  /// As Path::evaluate, from the right root, its visits taken from the surroundings' steps. A variable without a value
  /// is NotFound.
  Result<Value, EvaluationError> evaluate(const Value& document, Surroundings& surroundings) const;
  /// As Path::find, from the right root.
  const Value* find(const Value& document, Surroundings& surroundings) const;

 private:
  Query(std::string text, Root root, std::string variable, Path path)
      : text_(std::move(text)), root_(root), variable_(std::move(variable)), path_(std::move(path)) {}
  std::string text_;
  Root root_;
  std::string variable_;
  Path path_;
};

}  // namespace stepglass::path
