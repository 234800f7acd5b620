#pragma once
// JSONata expressions: compiled once, evaluated often, against shared Values. The language is that of JSONata 2; the
// reference is its implementation in JavaScript (npm jsonata). The functions stand in builtins/, one file per family.
//
//   auto expression = jsonata::Expression::compile("$sum(order.lines.(qty * price))");
//   if (!expression) … expression.error().message …
//   jsonata::Limits limits;
//   jsonata::Budget budget;
//   auto result = expression->evaluate(&input, environment, budget);
//   if (!result) … result.error() …          // it failed
//   else if (!*result) …                     // it gave nothing (undefined)
//   else use(**result);

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jsonata/error.h"
#include "engine/support/random.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {

enum class Dialect : std::uint8_t {
  /// JSONata 2 as its reference implementation has it.
  Standard,
  /// As Step Functions takes it: no $eval, no names and no $$ at the top level, six functions more.
  States,
};

/// What the service allows one evaluation, in our counting. Source: measured by others; [1..873782] passes there and
/// [1..873783] does not, a text of 2^22 characters passes and one of 2^23 does not, a sum of 200 terms is too deep.
constexpr std::uint64_t kStatesBytes = 873'782 * 16 + 112;
constexpr std::uint32_t kStatesDepth = 100;

/// What one evaluation may use up. Counted, never timed, so that every build stops at the same place.
struct Budget {
  /// Nodes evaluated, items looked at by functions, and steps of regular expressions.
  std::uint64_t steps = 5'000'000;
  /// Evaluations inside each other; tail calls do not add to it.
  std::uint32_t depth = 500;
  /// Bytes of values that are built, in the order of what they take in memory.
  std::uint64_t bytes = std::uint64_t{64} << 20;
};

/// The budget of one evaluation: for the States dialect the limits of the service, as far as others have measured them.
Budget default_budget(Dialect dialect);

/// What an evaluation sees from outside. Each is asked only when the expression needs it.
class Environment {
 public:
  virtual ~Environment() = default;
  /// The variable `name` (without $); null pointer when it has no value. Lives until the evaluation has ended.
  virtual const Value* variable(std::string_view name) = 0;
  /// Where $random, $uuid, $shuffle draw from.
  virtual Random& random() = 0;
  /// Milliseconds since 1970 for $now and $millis: the same for the whole evaluation.
  virtual std::int64_t now_ms() = 0;
};

/// Which members of $states an expression names; `whole` when $states is used in another way than $states.name, so
/// that all of them can matter.
struct StatesUse {
  static constexpr std::array<std::string_view, 4> kMembers = {"context", "errorOutput", "input", "result"};
  bool input = false;
  bool result = false;
  bool error_output = false;
  bool context = false;
  bool whole = false;
  explicit operator bool() const { return input || result || error_output || context || whole; }
};

/// What an expression names of $states, each once.
struct StatesNames {
  /// Members that are not there.
  std::vector<std::string> unknown;
  /// The names that ways into the context object go along.
  std::vector<std::vector<std::string>> context_ways;
  /// There are more than kMaxStatesNames.
  bool has_more = false;
};
inline constexpr std::size_t kMaxStatesNames = 50;

class Expression {
 public:
  /// Compiles all of `text`. Fails with the reference's S… codes, and in the States dialect with what the service
  /// refuses at creation.
  static Result<Expression, Error> compile(std::string_view text, Dialect dialect = Dialect::Standard);

  /// As given.
  const std::string& text() const;
  Dialect dialect() const;

  /// Evaluates with `input` as the context ($, $$); null pointer: there is none, as in the States dialect. Gives
  /// nothing for undefined. A value with has_opaque() is no JSON: the expression gave a function. The steps it took are
  /// taken from `budget`, so that a caller can bound many evaluations together; its other members stay.
  Result<std::optional<Value>, Error> evaluate(const Value* input, Environment& environment, Budget& budget) const;

  /// Variables that the expression reads and does not bind itself, without $, each once, in the order written;
  /// functions of the language are not among them.
  const std::vector<std::string>& free_variables() const;
  StatesUse states_use() const;
  const StatesNames& states_names() const;

  struct Program;
  const Program& program() const { return *program_; }

 private:
  explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

/// The text of a value as $string gives it: a string as it is, anything else as compact JSON with ECMAScript's numbers,
/// rounded to 15 digits when they have a fraction; a function is the empty text.
std::string to_text(const Value& value);

}  // namespace stepglass::jsonata
