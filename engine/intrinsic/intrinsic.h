#pragma once
// An intrinsic call such as States.Format('{}', $.id): parsed once, evaluated often. The functions themselves stand in
// functions/, one file per family; their table is function.h.
//
//   auto call = intrinsic::Call::parse("States.MathAdd($.count, 1)");
//   if (!call) … call.error().message …
//   auto result = call->evaluate(document, surroundings, random);

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/path/query.h"
#include "engine/support/failure.h"
#include "engine/support/random.h"
#include "engine/support/result.h"
#include "engine/support/span.h"
#include "engine/value/value.h"

namespace stepglass::intrinsic {

struct Function;
struct Invocation;

/// Nesting of calls in one field. Source: developer guide, "Intrinsic functions".
inline constexpr std::size_t kMaxCallNesting = 10;

/// Bytes of JSON that one evaluation may build and look through, all its calls together: 128 full payloads. Above it
/// the call fails with States.DataLimitExceeded. The service states no such limit; a result that is larger than a
/// payload fails there by the same name as soon as it reaches a state's input or output.
inline constexpr std::uint64_t kMaxEvaluationBytes = std::uint64_t{32} << 20;

struct SyntaxError {
  /// What is wrong, in our words; for an unknown function with the nearest name.
  std::string message;
  /// Byte offset inside the text.
  std::size_t offset = 0;
};

/// One argument as parsed: a literal, a path, or a call inside the call. A literal is what it stands for, without
/// quotes and escapes; only the template of States.Format keeps its escapes, since the function itself reads them.
struct Argument {
  std::variant<Value, path::Query, std::unique_ptr<const Invocation>> content;
  /// The bytes inside Call::text(), quotes included.
  Span span;

  const Value* literal() const { return std::get_if<Value>(&content); }
  const path::Query* query() const { return std::get_if<path::Query>(&content); }
  const Invocation* call() const {
    const auto* call = std::get_if<std::unique_ptr<const Invocation>>(&content);
    return call ? call->get() : nullptr;
  }
};

/// One call as parsed. The number and the types of the arguments are not checked: the service accepts any at creation
/// and fails when the state runs. See has_right_arity().
struct Invocation {
  const Function* function = nullptr;
  std::vector<Argument> arguments;
  /// The bytes inside Call::text(), from the name to the parenthesis.
  Span span;
};

/// True when the function takes as many arguments as it is given.
bool has_right_arity(const Invocation& call);

class Call {
 public:
  /// Parses all of `text`. At most kMaxCallNesting calls inside each other. White space may stand around arguments and
  /// at the end, not in front (as the validators published by the service's makers have it).
  static Result<Call, SyntaxError> parse(std::string_view text);

  /// As written.
  const std::string& text() const;
  /// The outermost function's name, e.g. "States.Format".
  std::string_view function() const;
  /// The parsed tree, for static checks.
  const Invocation& root() const;

  /// Calls `f(const path::Query&, Span)` for each path that the call reads, in the order written.
  template <typename F>
  void for_each_query(F&& f) const {
    for_each_query_of(root(), f);
  }

  /// Fails with States.Runtime, both when a path argument finds nothing and when a function refuses its arguments; the
  /// cause is the service's sentence without its "An error occurred while executing the state" prefix. Fails with
  /// States.DataLimitExceeded above kMaxEvaluationBytes, or when the result is nested deeper than kMaxValueDepth.
  ///
  /// The documented name States.IntrinsicFailure is not what the service gives: each of its recorded answers to a call
  /// with bad arguments is States.Runtime (gabrielmoreira/tiny-asl-machine, recorded answers States.*).
  Result<Value, Failure> evaluate(const Value& document, path::Surroundings& surroundings, Random& random) const;

  struct Program;

 private:
  explicit Call(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

  template <typename F>
  static void for_each_query_of(const Invocation& call, F& f) {
    for (const Argument& argument : call.arguments) {
      if (const path::Query* query = argument.query()) f(*query, argument.span);
      if (const Invocation* inner = argument.call()) for_each_query_of(*inner, f);
    }
  }

  std::shared_ptr<const Program> program_;
};

/// How many {} the template of States.Format has; fails with the service's words when a brace has no partner.
/// `text` is a template with its escapes: \' \{ \} \\ .
Result<std::size_t, std::string> count_placeholders(std::string_view text);

}  // namespace stepglass::intrinsic
