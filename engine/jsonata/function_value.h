#pragma once
// Functions as values: what $sum, function($x){…}, $f(?, 1) and /ab+/ are inside an evaluation.

#include <cstddef>

#include "engine/jsonata/function.h"
#include "engine/support/regex.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {

class FunctionValue : public Opaque {
 public:
  enum class Kind : std::uint8_t { Builtin, Lambda, Partial, Regex, Native };

  explicit FunctionValue(Kind kind) : kind(kind) {}
  const Kind kind;
  /// How many arguments it takes: what higher-order functions hand it at most.
  virtual std::size_t arity() const = 0;
};

/// A function that stands neither in the table nor in the expression: Kind::Regex and Kind::Native. Evaluation::apply
/// hands the arguments over as they are.
class NativeFunction : public FunctionValue {
 public:
  using FunctionValue::FunctionValue;
  virtual Item call(std::span<const Item> arguments, Evaluation& evaluation) const = 0;
};

/// A regular expression. Called with a text it gives the first match as an object with match, start, end, groups and
/// next; functions that take a pattern use `regex` itself. Places count UTF-16 units, as the reference's do. A second
/// argument is where the search begins: so $filter(texts, /a/) looks at each text from its index on, in the reference, too.
class RegexValue : public NativeFunction {
 public:
  explicit RegexValue(Regex regex) : NativeFunction(Kind::Regex), regex(std::move(regex)) {}
  const Regex regex;
  std::size_t arity() const override { return 2; }
  Item call(std::span<const Item> arguments, Evaluation& evaluation) const override;
};

inline bool is_function(const Value& value) {
  return value.is_opaque();
}
/// `value` is an Opaque.
inline const FunctionValue& as_function(const Value& value) {
  return static_cast<const FunctionValue&>(value.as_opaque());
}

}  // namespace stepglass::jsonata
