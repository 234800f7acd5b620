#pragma once
// Functions as values: what $sum, function($x){…}, $f(?, 1) and /ab+/ are inside an evaluation.

#include <cstddef>

#include "engine/jsonata/function.h"
#include "engine/support/regex.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {

class FunctionValue : public Opaque {
 public:
  enum class Kind : std::uint8_t { Builtin, Lambda, Partial, Regex };

  explicit FunctionValue(Kind kind) : kind(kind) {}
  const Kind kind;
  /// How many arguments it takes: what higher-order functions hand it at most.
  virtual std::size_t arity() const = 0;
};

/// A regular expression. Called with a text it gives the first match as an object with match, start, end, groups and
/// next; functions that take a pattern use `regex` itself.
class RegexValue : public FunctionValue {
 public:
  explicit RegexValue(Regex regex) : FunctionValue(Kind::Regex), regex(std::move(regex)) {}
  const Regex regex;
  std::size_t arity() const override { return 1; }
};

inline bool is_function(const Value& value) { return value.is_opaque(); }
/// `value` is an Opaque.
inline const FunctionValue& as_function(const Value& value) {
  return static_cast<const FunctionValue&>(value.as_opaque());
}

}  // namespace stepglass::jsonata
