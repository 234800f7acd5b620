#pragma once
// The table of the functions of the language: what the evaluator calls, what the linter checks, what the docs show. A
// family is a file in builtins/.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "engine/jsonata/error.h"
#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/item.h"

namespace stepglass::jsonata {

struct Function;

/// A call of a builtin: its arguments, already checked against the signature and completed from the context.
class Call {
 public:
  Call(const Function& function, std::span<const Item> arguments, const Item& context, Evaluation& evaluation)
      : function_(function), arguments_(arguments), context_(context), evaluation_(evaluation) {}

  /// Argument `index`, from 0; nothing when it was not given or is undefined.
  const Item& operator[](std::size_t index) const {
    static const Item nothing;
    return index < arguments_.size() ? arguments_[index] : nothing;
  }
  std::size_t size() const { return arguments_.size(); }
  /// $ where the call stands.
  const Item& context() const { return context_; }

  Evaluation& evaluation() const { return evaluation_; }
  Item apply(const Value& function, std::span<const Item> arguments) const {
    return evaluation_.apply(function, arguments);
  }
  Item apply(const Value& function, std::initializer_list<Item> arguments) const {
    return evaluation_.apply(function, {arguments.begin(), arguments.size()});
  }

  void charge_steps(std::uint64_t steps) const { evaluation_.charge_steps(steps); }
  void charge_bytes(std::uint64_t bytes) const { evaluation_.charge_bytes(bytes); }

  /// Ends the evaluation with the error `code`; the token is this function's name unless `details` has another.
  [[noreturn]] void raise(std::string_view code, ErrorDetails details = {}) const;

 private:
  const Function& function_;
  std::span<const Item> arguments_;
  const Item& context_;
  Evaluation& evaluation_;
};

struct Function {
  /// Without $.
  std::string_view name;
  /// In the language's own notation, e.g. "<a<n>:n>". From it come the checks of arguments, the context as default
  /// argument, and the arity.
  std::string_view signature;
  /// An expression, and the JSON it gives ("" for nothing); with the random seed 0 and the clock at
  /// 2025-01-01T00:00:00.000Z.
  std::string_view example;
  std::string_view gives;
  Item (*call)(const Call& call);
  /// Only in the States dialect.
  bool states_only = false;
  /// How many arguments higher-order functions hand it at most, where that is not the number in the signature.
  std::size_t arity = SIZE_MAX;
};

/// The function `name` (without $) of `dialect`; null pointer when there is none.
const Function* find_function(std::string_view name, Dialect dialect);
/// All functions, in the order of their names.
std::span<const Function* const> functions();

// The families, one per file in builtins/.
std::span<const Function> aggregate_functions();     // sum, count, max, min, average
std::span<const Function> array_functions();         // append, reverse, distinct, shuffle, zip, sort
std::span<const Function> boolean_functions();       // boolean, not, exists
std::span<const Function> date_functions();          // now, millis, fromMillis, toMillis
std::span<const Function> encoding_functions();      // base64…, encodeUrl…
std::span<const Function> higher_order_functions();  // map, filter, single, reduce, sift, each
std::span<const Function> matching_functions();      // match, contains, split, replace
std::span<const Function> meta_functions();          // eval, assert, error, type, clone
std::span<const Function> number_functions();  // number, abs, floor, ceil, round, power, sqrt, format…, parse…
std::span<const Function> object_functions();  // keys, lookup, spread, merge
std::span<const Function> states_functions();  // partition, range, hash, random, uuid, parse
std::span<const Function> string_functions();  // string, substring…, case, length, trim, pad, join

}  // namespace stepglass::jsonata
