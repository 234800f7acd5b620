#pragma once
// A value of a JSONata state: any JSON in which the strings of the form {% … %} are expressions. Compiled when the
// definition is loaded. For the templates of JSONPath states see template.h.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/jsonata/jsonata.h"
#include "engine/support/span.h"
#include "engine/value/value.h"

namespace stepglass {

/// One {% … %}.
struct JsonataExpression {
  jsonata::Expression expression;
  /// Without its delimiters and the blanks inside them, as messages quote it.
  std::string shown;
  /// Where it stands inside its state, as messages name it: "Output/values[0]", "Choices[1]/Condition".
  std::string location;
};

struct JsonataNode;

/// An object with an expression somewhere below it.
struct JsonataObject {
  struct Member {
    String key;
    std::vector<JsonataNode> node;  // exactly one; a vector because the type is not complete yet
  };
  std::vector<Member> members;
};

struct JsonataArray {
  std::vector<JsonataNode> items;
};

struct JsonataNode {
  /// Value: no expression below, shared as it is.
  std::variant<Value, JsonataExpression, JsonataObject, JsonataArray> content;
};

struct JsonataField {
  Value written;
  Span span;
  /// Null when there is no expression in it, or when one could not be compiled, which then is among the diagnostics.
  std::shared_ptr<const JsonataNode> compiled;
  /// What its expressions take from $states.
  jsonata::StatesUse states;
};

}  // namespace stepglass
