#include "engine/path/path.h"

#include "engine/path/program.h"

namespace stepglass::path {

Result<Path, SyntaxError> Path::parse(std::string_view text, Dialect dialect) {
  auto program = compile(text, dialect);
  if (!program) return std::move(program).error();
  return Path(*std::move(program));
}

bool Path::is_definite() const {
  return program_->plain;
}
bool Path::gives_matches() const {
  return !program_->definite;
}
std::string Path::normalised() const {
  return path::normalised(*program_, std::string::npos);
}
Result<Value, EvaluationError> Path::evaluate(const Value& root, std::uint64_t* visits_left) const {
  return path::evaluate(*program_, root, visits_left);
}
const Value* Path::find(const Value& root) const {
  return program_->find(root);
}

}  // namespace stepglass::path
