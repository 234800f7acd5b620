#pragma once
// A Path (Jayway JsonPath's dialect, as the service takes it): parsed once, evaluated often. A Path may select several
// values; for paths that name exactly one place, and can be written to, see reference_path.h; for a path with the
// root it starts from ($, $$ or $variable), see query.h.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::path {

/// Why a text is no Path.
struct SyntaxError {
  std::string message;
  /// Byte offset inside the text.
  std::size_t offset = 0;
};

/// Why a Path gives nothing.
struct EvaluationError {
  enum class Kind { NotFound, Failed };
  Kind kind = Kind::NotFound;
  /// In Jayway's words, e.g. "Missing property in path $['no']" or "No results for path: $['name']".
  std::string message;
};

class Path {
 public:
  /// Parses `text`, which starts with $. At most kMaxDepth steps and levels of filter nesting.
  static Result<Path, SyntaxError> parse(std::string_view text);

  /// True when it can select at most one value: only names and single indexes.
  bool is_definite() const;

  /// A definite path gives the value itself, or NotFound; any other gives an array of all matches in order, possibly
  /// empty. `root` is what $ stands for, inside filters too. Nothing of `root` is copied.
  Result<Value, EvaluationError> evaluate(const Value& root) const;

  /// The value that a definite path made of names and indexes selects, without making anything; null pointer when
  /// there is none. Only for is_definite() paths.
  const Value* find(const Value& root) const;

  struct Program;

 private:
  explicit Path(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

}  // namespace stepglass::path
