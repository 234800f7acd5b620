#pragma once
// An intrinsic call such as States.Format('{}', $.id): parsed once, evaluated often. The functions themselves stand in
// functions/, one file per family.

#include <memory>
#include <string>
#include <string_view>

#include "engine/path/query.h"
#include "engine/support/failure.h"
#include "engine/support/random.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::intrinsic {

struct SyntaxError {
  /// What is wrong, in our words; for an unknown function with the nearest name.
  std::string message;
  /// Byte offset inside the text.
  std::size_t offset = 0;
};

class Call {
 public:
  /// Parses all of `text`. At most kMaxCallNesting calls inside each other.
  static Result<Call, SyntaxError> parse(std::string_view text);

  /// As written.
  const std::string& text() const;
  /// The outermost function's name, e.g. "States.Format".
  std::string_view function() const;

  /// Fails with States.Runtime when a path argument finds nothing, else with States.IntrinsicFailure; the cause is the
  /// service's sentence without its "An error occurred while executing the state" prefix.
  Result<Value, Failure> evaluate(const Value& document, path::Surroundings& surroundings, Random& random) const;

  struct Program;

 private:
  explicit Call(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

/// Nesting of calls in one field. Source: developer guide, "Intrinsic functions".
inline constexpr std::size_t kMaxCallNesting = 10;

}  // namespace stepglass::intrinsic
