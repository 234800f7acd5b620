#pragma once
// A Reference Path names exactly one place in a Value, so it can be read and written. For paths that may select several
// values see path.h.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/path/path.h"
#include "engine/support/failure.h"

namespace stepglass::path {

class ReferencePath {
 public:
  using Step = std::variant<String, std::int64_t>;

  /// Parses `text`: $ followed by .name, ['name'] and [index] only, at most kMaxDepth of them. A backslash makes the
  /// next character part of a name. Names with blanks, brackets, quotes or one of @ , : ? * ( ) stand in brackets, or
  /// have a backslash before these. $$ and $variable are no Reference Paths.
  static Result<ReferencePath, SyntaxError> parse(std::string_view text);

  const std::string& text() const { return text_; }
  /// True for "$" alone.
  bool is_root() const { return steps_.empty(); }
  const std::vector<Step>& steps() const { return steps_; }
  /// The same as a Path, to read with.
  const Path& path() const { return path_; }

  /// As Path::evaluate.
  Result<Value, EvaluationError> evaluate(const Value& root) const { return path_.evaluate(root); }
  /// As Path::find.
  const Value* find(const Value& root) const { return path_.find(root); }

 private:
  ReferencePath(std::string text, std::vector<Step> steps, Path path)
      : text_(std::move(text)), steps_(std::move(steps)), path_(std::move(path)) {}
  std::string text_;
  std::vector<Step> steps_;
  Path path_;
};

/// Writes `value` at `path`, making objects on the way: what ResultPath does.
///
/// Gives the changed copy of `root`; `root` itself stays as it was. An index writes over an item that is there.
/// Fails with States.ResultPathMatchFailure when a name meets a value that is no object, or an index anything but an
/// array with that item; with States.Runtime when the result would nest more than kMaxValueDepth deep.
/// Source: Amazon States Language, "ResultPath".
Result<Value, Failure> with_value_at(const ReferencePath& path, const Value& root, Value value);

}  // namespace stepglass::path
