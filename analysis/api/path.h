#pragma once
// Evaluates a path on its own, as the playground and the conformance suites do.

#include <string>
#include <string_view>
#include <variant>

#include "engine/value/value.h"

namespace stepglass::analysis {

enum class PathDialect { Jayway, Reference };

struct PathFault {
  /// "invalid path", "path not found" or "evaluation error"
  std::string error;
  std::string message;
};

/// What `path` selects in `data`. With the Reference dialect it must be a Reference Path.
std::variant<Value, PathFault> evaluate_path(std::string_view path, const Value& data, PathDialect dialect);

}  // namespace stepglass::analysis
