// Whether a filter accepts an item. The rules are those of Jayway's evaluators and value nodes, with their coercions: a
// number and a text compare as texts with < and >; "1" == 1, from either side; but a list written in the filter on the
// left of == equals nothing. What cannot be compared at all makes the whole filter say no, whatever stands around it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "engine/path/evaluator.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

using Kind = Node::Kind;

bool is_json(const Node& node) {
  return node.kind == Kind::Json || node.kind == Kind::JsonText;
}

std::string number_text(const Node& node) {
  if (node.exact) return node.exact->to_string();
  return Decimal::of(node.value).to_string();
}

int compare_numbers_of(const Node& a, const Node& b) {
  if (!a.exact && !b.exact) return compare_as_decimals(a.value, b.value);
  const Decimal x = a.exact ? *a.exact : Decimal::of(a.value);
  const Decimal y = b.exact ? *b.exact : Decimal::of(b.value);
  return compare(x, y);
}

Node node_of(const Value& value) {
  Node node;
  node.value = value;
  switch (value.kind()) {
    case Value::Kind::Opaque:  // never leaves its evaluator
    case Value::Kind::Null:
      node.kind = Kind::Null;
      break;
    case Value::Kind::Boolean:
      node.kind = Kind::Boolean;
      break;
    case Value::Kind::String:
      node.kind = Kind::String;
      break;
    case Value::Kind::Array:
    case Value::Kind::Object:
      node.kind = Kind::Json;
      break;
    default:
      node.kind = Kind::Number;
      break;
  }
  return node;
}

/// Whether `text` holds `part`, in time linear in both (Knuth, Morris, Pratt).
bool holds_text(std::string_view text, std::string_view part) {
  if (part.size() > text.size()) return false;
  if (part.empty()) return true;
  if (part.size() == 1) return text.find(part[0]) != std::string_view::npos;
  std::vector<std::size_t> back(part.size(), 0);
  for (std::size_t i = 1, k = 0; i < part.size(); ++i) {
    while (k > 0 && part[i] != part[k]) k = back[k - 1];
    if (part[i] == part[k]) ++k;
    back[i] = k;
  }
  for (std::size_t i = 0, k = 0; i < text.size(); ++i) {
    while (k > 0 && text[i] != part[k]) k = back[k - 1];
    if (text[i] == part[k]) ++k;
    if (k == part.size()) return true;
  }
  return false;
}

/// Whether two nodes have the same class in Java, for === and !==.
bool same_class(const Node& a, const Node& b) {
  return a.kind == b.kind || (is_json(a) && is_json(b));
}

}  // namespace

bool Evaluator::accepts(const Expression& expression, const Value& item, const Scope& scope, bool& accepted) {
  if (holds(expression, item, scope, accepted)) return true;
  accepted = false;
  return trouble_.kind == Trouble::Kind::NotFound || trouble_.kind == Trouble::Kind::Invalid;
}

bool Evaluator::holds(const Expression& expression, const Value& item, const Scope& scope, bool& result) {
  switch (expression.kind) {
    case Expression::Kind::Or:
    case Expression::Kind::And: {
      const bool is_or = expression.kind == Expression::Kind::Or;
      result = !is_or;
      for (const Expression& child : expression.children) {
        if (!holds(child, item, scope, result)) return false;
        if (result == is_or) break;
      }
      return true;
    }
    case Expression::Kind::Not:
      if (!holds(expression.children[0], item, scope, result)) return false;
      result = !result;
      return true;
    case Expression::Kind::Compare:
      break;
  }
  if (!charge(1)) return false;
  if (expression.left.exists_check) {
    if (!exists(*expression.left.path, item, scope, result)) return false;
    result = result == expression.left.should_exist;
    return true;
  }
  Node left, right;
  if (expression.left.path && !evaluate_operand(expression.left, item, scope, left)) return false;
  if (expression.right.path && !evaluate_operand(expression.right, item, scope, right)) return false;
  return compare(expression, expression.left.path ? left : expression.left.literal,
                 expression.right.path ? right : expression.right.literal, result);
}

bool Evaluator::exists(const Path::Program& path, const Value& item, const Scope& scope, bool& result) {
  // A path from $ starts at the item as well here: Jayway's PathNode.evaluate.
  if (path.plain) {
    result = path.find(item) != nullptr;
    return charge(path.steps.size());
  }
  const Scope required{scope.root, true, scope.cache};
  Value value;
  result = value_of(path, item, required, value);
  return result || trouble_.kind == Trouble::Kind::NotFound;
}

bool Evaluator::evaluate_operand(const Operand& operand, const Value& item, const Scope& scope, Node& node) {
  const Path::Program& path = *operand.path;
  std::optional<Node>* cached = nullptr;
  if (path.from_root) {
    cached = &(scope.require_properties ? scope.cache->required : scope.cache->usual)[operand.cache];
    if (*cached) {
      node = **cached;
      return true;
    }
  }
  const Value& document = path.from_root ? *scope.root : item;
  if (path.plain) {
    const Value* found = path.find(document);
    node = found ? node_of(*found) : Node();
    if (!charge(path.steps.size())) return false;
  } else {
    Value value;
    if (value_of(path, document, scope, value)) {
      const bool keys = !path.steps.empty() && path.steps.back().kind == Step::Kind::Function &&
                        path.steps.back().function == Function::Keys;
      if (keys && value.is_array()) {
        std::string text = "Could not convert class java.util.LinkedHashMap$LinkedKeySet:";
        append_java_text(text, value, kMaxTextOfValue);
        return fail(text + " to a ValueNode");
      }
      node = node_of(value);
    } else if (trouble_.kind == Trouble::Kind::NotFound) {
      node = Node();
    } else {
      return false;
    }
  }
  if (cached) *cached = node;
  return true;
}

bool Evaluator::compare(const Expression& expression, const Node& left, const Node& right, bool& result) {
  result = false;
  switch (expression.operation) {
    case Operator::Equal:
      return equal(left, right, result);
    case Operator::NotEqual:
      if (!equal(left, right, result)) return false;
      result = !result;
      return true;
    case Operator::SameTypeEqual:
      return !same_class(left, right) || equal(left, right, result);
    case Operator::SameTypeNotEqual:
      if (same_class(left, right) && !equal(left, right, result)) return false;
      result = !result;
      return true;
    case Operator::Less:
    case Operator::LessEqual:
    case Operator::Greater:
    case Operator::GreaterEqual: {
      int order = 0;
      if (left.kind == Kind::Number && right.kind == Kind::Number) {
        order = compare_numbers_of(left, right);
      } else if ((left.kind == Kind::String || left.kind == Kind::Number) &&
                 (right.kind == Kind::String || right.kind == Kind::Number)) {
        order = compare_utf16(left.kind == Kind::String ? left.value.as_string() : number_text(left),
                              right.kind == Kind::String ? right.value.as_string() : number_text(right));
      } else {
        return true;
      }
      result = expression.operation == Operator::Less        ? order < 0
               : expression.operation == Operator::LessEqual ? order <= 0
               : expression.operation == Operator::Greater   ? order > 0
                                                             : order >= 0;
      return true;
    }
    case Operator::Matches: {
      const bool pattern_left = left.kind == Kind::Pattern;
      if (pattern_left == (right.kind == Kind::Pattern)) return true;
      const Node& pattern = pattern_left ? left : right;
      const Node& input = pattern_left ? right : left;
      if (!is_json(input) || !(input.value.is_array() || input.broken)) return matches(*pattern.pattern, input, result);
      NodeList storage;
      const NodeList* list = nullptr;
      if (!list_of(pattern_left ? expression.right : expression.left, input, storage, list)) return false;
      for (std::size_t i = 0; i < list->nodes.size() && !result; ++i) {
        if (!matches(*pattern.pattern, list->nodes[i], result)) return false;
      }
      return true;
    }
    case Operator::In:
    case Operator::NotIn: {
      NodeList storage;
      const NodeList* list = nullptr;
      if (!list_of(expression.right, right, storage, list)) return false;
      if (list && !contains(*list, left, result)) return false;
      if (expression.operation == Operator::NotIn) result = !result;
      return true;
    }
    case Operator::Contains: {
      if (left.kind == Kind::String && right.kind == Kind::String) {
        result = holds_text(left.value.as_string(), right.value.as_string());
        return true;
      }
      if (!is_json(left)) return true;
      NodeList storage;
      const NodeList* list = nullptr;
      if (!list_of(expression.left, left, storage, list)) return false;
      return !list || contains(*list, right, result);
    }
    case Operator::Size: {
      if (right.kind != Kind::Number) return true;
      const std::int64_t expected = (right.exact ? *right.exact : Decimal::of(right.value)).int_value();
      if (left.kind == Kind::String) {
        result = static_cast<std::int64_t>(count_utf16_units(left.value.as_string())) == expected;
      } else if (is_json(left)) {
        if (left.broken) return fail("the JSON in the filter cannot be read");
        result = (left.value.is_array() ? static_cast<std::int64_t>(left.value.size()) : -1) == expected;
      }
      return true;
    }
    case Operator::Empty: {
      bool empty = false;
      if (left.kind == Kind::String) {
        empty = left.value.as_string().empty();
      } else if (is_json(left)) {
        if (left.broken) return fail("the JSON in the filter cannot be read");
        if (left.value.is_object()) {
          return fail(
              "class java.util.LinkedHashMap cannot be cast to class java.util.Collection (java.util.LinkedHashMap and "
              "java.util.Collection are in module java.base of loader 'bootstrap')");
        }
        empty = left.value.size() == 0;
      } else {
        return true;
      }
      if (right.kind != Kind::Boolean) return invalid("Expected boolean node");
      result = empty == right.value.as_boolean();
      return true;
    }
    case Operator::SubsetOf:
    case Operator::AnyOf:
    case Operator::NoneOf: {
      NodeList right_storage, left_storage;
      const NodeList *right_list = nullptr, *left_list = nullptr;
      if (!list_of(expression.right, right, right_storage, right_list)) return false;
      if (!right_list) return true;
      if (!list_of(expression.left, left, left_storage, left_list)) return false;
      if (!left_list) return true;
      const bool subset = expression.operation == Operator::SubsetOf;
      for (const Node& node : left_list->nodes) {
        bool found = false;
        if (!contains(*right_list, node, found)) return false;
        if (found == subset) continue;
        result = expression.operation == Operator::AnyOf;
        return true;
      }
      result = expression.operation != Operator::AnyOf;
      return true;
    }
    case Operator::Exists:
      if (left.kind != Kind::Boolean && right.kind != Kind::Boolean) {
        return fail("Failed to evaluate exists expression");
      }
      if (left.kind != Kind::Boolean || right.kind != Kind::Boolean) return invalid("Expected boolean node");
      result = left.value.as_boolean() == right.value.as_boolean();
      return true;
    // These take operands that only Java programs can make: written in a path they never hold.
    case Operator::All:
      return invalid("Expected value list node");
    case Operator::Type:
      return invalid("Expected class node");
    case Operator::Predicate:
      return invalid("Expected predicate node");
  }
  return true;
}

bool Evaluator::list_of(const Operand& operand, const Node& node, NodeList& storage, const NodeList*& list) {
  list = nullptr;
  if (!is_json(node)) return invalid("Expected value list node");
  if (node.broken) return fail("the JSON in the filter cannot be read");
  if (!node.value.is_array()) return true;
  if (operand.list) {
    list = operand.list.get();
  } else {
    // Each text is looked at, and one that could be a path is compiled.
    std::uint64_t cost = node.value.size();
    for (const Value& item : node.value.items()) {
      if (item.is_string()) cost += item.as_string().size() / 16;
    }
    if (!charge(cost)) return false;
    storage = to_list(node.value.items(), 0);
    list = &storage;
  }
  if (list->failed) return fail("Could not determine value type");
  return true;
}

bool Evaluator::contains(const NodeList& list, const Node& node, bool& result) {
  result = false;
  if (!charge(1 + list.nodes.size() / 4)) return false;
  for (const Node& item : list.nodes) {
    if (is_json(node)) {
      // An array or object out of a document equals no item; one written in the filter equals its own text.
      result = node.kind == Kind::JsonText && item.kind == Kind::JsonText && node.text == item.text;
    } else if (!equal(node, item, result)) {
      return false;
    }
    if (result) return true;
  }
  return true;
}

bool Evaluator::equal(const Node& left, const Node& right, bool& result) {
  result = false;
  switch (left.kind) {
    case Kind::Null:
      result = right.kind == Kind::Null;
      return true;
    case Kind::Boolean:
      result = right.kind == Kind::Boolean && left.value.as_boolean() == right.value.as_boolean();
      return true;
    case Kind::String:
      if (right.kind == Kind::String) {
        result = left.value.as_string() == right.value.as_string();
      } else if (right.kind == Kind::Number) {
        result = left.value.as_string() == number_text(right);
      }
      return true;
    case Kind::Number:
      if (right.kind == Kind::Number) {
        result = compare_numbers_of(left, right) == 0;
      } else if (right.kind == Kind::String) {
        const auto number = Decimal::parse(right.value.as_string());
        result = number && path::compare(left.exact ? *left.exact : Decimal::of(left.value), *number) == 0;
      }
      return true;
    case Kind::Json:
      if (!is_json(right)) return true;
      if (right.broken) return fail("the JSON in the filter cannot be read");
      return same_json(left.value, right.value, result);
    case Kind::JsonText:
      // Compares its text with an array or object: never the same.
      if (is_json(right) && right.broken) return fail("the JSON in the filter cannot be read");
      return true;
    case Kind::Undefined:
    case Kind::Pattern:
    case Kind::Path:
      return true;
  }
  return true;
}

bool Evaluator::same_json(const Value& a, const Value& b, bool& result) {
  if (!charge(1)) return false;
  result = false;
  if (a.kind() != b.kind()) return true;  // 1 and 1.0 are of different classes in Java, and differ inside lists
  switch (a.kind()) {
    case Value::Kind::Double: {
      const double x = a.as_double(), y = b.as_double();
      result = x == y && std::signbit(x) == std::signbit(y);
      return true;
    }
    case Value::Kind::Array: {
      const auto x = a.items(), y = b.items();
      if (x.size() != y.size()) return true;
      result = true;
      if (a.is_same(b)) return true;
      for (std::size_t i = 0; i < x.size() && result; ++i) {
        if (!same_json(x[i], y[i], result)) return false;
      }
      return true;
    }
    case Value::Kind::Object: {
      if (a.size() != b.size()) return true;
      result = true;
      if (a.is_same(b)) return true;
      for (const Member& member : a.members()) {
        const Value* other = b.find(member.key);
        result = other != nullptr;
        if (!result) return true;
        if (!same_json(member.value, *other, result)) return false;
        if (!result) return true;
      }
      return true;
    }
    default:
      result = a == b;
      return true;
  }
}

bool Evaluator::matches(const Regex& pattern, const Node& input, bool& result) {
  std::string made;
  std::string_view text;
  if (input.kind == Kind::String) {
    text = input.value.as_string();
  } else if (input.kind == Kind::Number) {
    text = made = number_text(input);
  } else if (input.kind == Kind::Boolean) {
    text = input.value.as_boolean() ? "true" : "false";
  }
  const std::uint64_t budget = std::min(kMaxRegexSteps, visits_left_ * kRegexStepsOfVisit);
  std::uint64_t steps = budget;
  const Regex::Outcome outcome = pattern.matches(text, steps);
  if (outcome == Regex::Outcome::OutOfSteps) {
    visits_left_ -= budget / kRegexStepsOfVisit;
    return fail(fmt::format("a pattern in the path takes more than {} steps", budget));
  }
  result = outcome == Regex::Outcome::Match;
  return charge((budget - steps) / kRegexStepsOfVisit);
}

}  // namespace stepglass::path
