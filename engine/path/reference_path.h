#pragma once
// A Reference Path names exactly one place in a Value, so it can be read and written. For paths that may select several
// values see path.h.

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

  /// Parses `text`: $ followed by .name, ['name'] and [index] only.
  static Result<ReferencePath, SyntaxError> parse(std::string_view text);

  const std::string& text() const { return text_; }
  /// True for "$" alone.
  bool is_root() const { return steps_.empty(); }
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::string text_;
  std::vector<Step> steps_;
};

/// Writes `value` at `path`, making objects on the way: what ResultPath does.
///
/// Gives the changed copy of `root`; `root` itself stays as it was.
/// Fails with States.ResultPathMatchFailure when a step meets a value that is no object.
/// Source: Amazon States Language, "ResultPath".
Result<Value, Failure> with_value_at(const ReferencePath& path, const Value& root, Value value);

}  // namespace stepglass::path
