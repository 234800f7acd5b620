#include "analysis/api/path.h"

#include "engine/path/path.h"
#include "engine/path/reference_path.h"

namespace stepglass::analysis {

std::variant<Value, PathFault> evaluate_path(std::string_view path, const Value& data, PathDialect dialect) {
  if (dialect == PathDialect::Reference) {
    if (auto reference = path::ReferencePath::parse(path); !reference) {
      return PathFault{"invalid path", std::move(reference).error().message};
    }
  }
  const auto parsed = path::Path::parse(path);
  if (!parsed) return PathFault{"invalid path", parsed.error().message};
  auto value = parsed->evaluate(data);
  if (value) return *std::move(value);
  const bool missing = value.error().kind == path::EvaluationError::Kind::NotFound;
  return PathFault{missing ? "path not found" : "evaluation error", std::move(value).error().message};
}

}  // namespace stepglass::analysis
