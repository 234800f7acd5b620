#pragma once
// Which calls of an expression surely fail, before anything runs: found by calling the functions with what is known of
// their arguments. Silent where a path decides.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/intrinsic.h"

namespace stepglass::intrinsic {

struct CertainFailure {
  const Function* function = nullptr;
  /// The bytes inside Call::text() of the call that fails.
  Span span;
  /// From 1; 0 when it is not the type of one argument.
  std::size_t argument = 0;
  /// The type that the argument has.
  Type given = Type::Any;
};

/// What a path surely finds, if it finds anything; nothing when that is not known.
using KnownType = std::function<std::optional<Type>(const path::Query&)>;

/// In the order written; of calls inside each other the innermost. Not among them: what other checks tell of, which are
/// numbers of arguments, templates of States.Format, and algorithms of States.Hash.
std::vector<CertainFailure> find_certain_failures(const Call& call, const KnownType& known = {});

/// "argument 1 of States.ArrayLength is a string, not an array"
std::string describe(const CertainFailure& failure);

}  // namespace stepglass::intrinsic
