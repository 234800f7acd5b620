#include "engine/path/query.h"

#include <fmt/format.h>

#include "engine/support/text.h"

namespace stepglass::path {
namespace {

/// ID_Start and ID_Continue of ASCII; every other character is let through, the loader of the model checks names.
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
  return starts_name(c) || (c >= '0' && c <= '9');
}

}  // namespace

Result<Query, SyntaxError> Query::parse(std::string_view text) {
  if (!text.starts_with('$')) return SyntaxError{"a path starts with $", 0};
  Root root = Root::Document;
  std::string variable;
  std::size_t removed = 0;  // bytes that stand before what is left as a path
  std::string path(text);
  if (text.starts_with("$$")) {
    root = Root::Context;
    removed = 1;
    path = std::string(text.substr(1));
  } else if (text.size() > 1 && starts_name(text[1])) {
    root = Root::Variable;
    std::size_t end = 2;
    while (end < text.size() && continues_name(text[end])) ++end;
    variable = std::string(text.substr(1, end - 1));
    removed = end - 1;
    path = "$" + std::string(text.substr(end));
  }
  auto parsed = Path::parse(path, Dialect::StepFunctions);
  if (!parsed) {
    SyntaxError error = std::move(parsed).error();
    error.offset = std::min(text.size(), error.offset + removed);
    return error;
  }
  return Query(std::string(text), root, std::move(variable), *std::move(parsed));
}

Result<Value, EvaluationError> Query::evaluate(const Value& document, Surroundings& surroundings) const {
  const Value* root = &document;
  if (root_ == Root::Context) root = &surroundings.context();
  if (root_ == Root::Variable) root = surroundings.variable(variable_);
  if (!root) {
    return EvaluationError{EvaluationError::Kind::NotFound, fmt::format("the variable ${} has no value", variable_)};
  }
  Result<Value, EvaluationError> result = path_.evaluate(*root, &surroundings.steps_left());
  // Where Jayway finds $.no[*] missing, the service gives no matches. Recorded, for $[*], $.no[*] and $.no[:1].
  if (!result && result.error().kind == EvaluationError::Kind::NotFound && path_.gives_matches()) {
    return Value::empty_array();
  }
  return result;
}

const Value* Query::find(const Value& document, Surroundings& surroundings) const {
  switch (root_) {
    case Root::Document:
      return path_.find(document);
    case Root::Context:
      return path_.find(surroundings.context());
    case Root::Variable:
      break;
  }
  const Value* root = surroundings.variable(variable_);
  return root ? path_.find(*root) : nullptr;
}

}  // namespace stepglass::path
