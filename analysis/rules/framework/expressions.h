#pragma once
// What is surely wrong with a JSONata expression that compiles.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/rules/framework/shapes.h"
#include "engine/document/document.h"
#include "engine/support/span.h"

namespace stepglass::analysis {

struct ExpressionProblem {
  enum class Kind : std::uint8_t {
    Fails,
    Forbidden,  // a function that the service has taken out
    GivesNothing,
    NotBoolean,
  };
  Kind kind;
  Span span;
  std::string message;
  std::string help = {};
  /// It is so each time the expression is evaluated.
  bool always = true;
  /// The state that made the value without what is looked for.
  const State* maker = nullptr;
};

/// What is known around an expression.
struct KnownStates {
  /// $states.input and $states.result; null: nothing is known.
  Shape input;
  Shape result;
  /// The field whose whole value it is: "Seconds", "Condition"; empty where it is a part.
  std::string_view field = {};
};

/// The only type that the value of `expression` can have, if it has one; nothing when several are possible.
std::optional<ShapeNode::Kind> certain_type(std::string_view expression);

/// `expression` stands in `at` between {% and %}. What does not compile has no problems here.
std::vector<ExpressionProblem> find_expression_problems(std::string_view expression, Node at, const KnownStates& known);

}  // namespace stepglass::analysis
