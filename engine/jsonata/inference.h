#pragma once
// What an expression surely does, before anything runs: which types its value can have, and which of its parts fail
// whenever they are evaluated. Nothing is claimed of what comes from outside, unless the caller knows it.
//
//   const jsonata::Inference inferred = jsonata::infer(expression);
//   for (const jsonata::Mistake& mistake : inferred.mistakes) … mistake.error.message …
//   if (inferred.types == jsonata::type::kNothing) …          // it surely gives nothing

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/jsonata/jsonata.h"

namespace stepglass::jsonata {

/// A set of types.
using Types = std::uint16_t;

namespace type {
inline constexpr Types kArray = 1, kString = 2, kNumber = 4, kBoolean = 8, kNull = 16, kFunction = 32, kObject = 64;
/// Undefined.
inline constexpr Types kNothing = 128;
inline constexpr Types kJson = kArray | kString | kNumber | kBoolean | kNull | kObject;
inline constexpr Types kAnything = kJson | kFunction | kNothing;
}  // namespace type

/// A part that fails whenever it is evaluated.
struct Mistake {
  Error error;
  /// It is evaluated each time the expression is, and not only on some condition or for some items.
  bool always = false;
};

struct Inference {
  Types types = type::kAnything;
  /// In the order of their places, each place once.
  std::vector<Mistake> mistakes;
};

/// Which types $states.a.b can have; the names are "a", "b".
using KnownPath = std::function<Types(std::span<const std::string_view> names)>;

/// Linear in the size of the expression, but for the parts without anything from outside: these are evaluated, in a
/// small budget.
Inference infer(const Expression& expression, const KnownPath& known = {});

}  // namespace stepglass::jsonata
