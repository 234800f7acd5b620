// Each comparison is taken as the set of values for which it holds: a range of one type, or all values of some types.
//
//   NumericGreaterThan 5          → numbers in (5, ∞)
//   IsString true                 → all texts
//   IsString false                → everything but texts
//   StringEquals "a"              → texts in ["a", "a"]

#include "analysis/rules/framework/condition_logic.h"

#include <algorithm>
#include <optional>
#include <string>

namespace stepglass::analysis {
namespace {

/// Types of values, as bits. A timestamp is a text, too.
enum Type : std::uint8_t { kNumber = 1, kText = 2, kBoolean = 4, kNull = 8, kOther = 16, kAbsent = 32 };
constexpr std::uint8_t kEvery = 63;

/// One end of a range: numbers and instants as two integers or doubles, texts as texts.
struct Bound {
  enum class Kind : std::uint8_t { Number, Text, Instant, Boolean } kind = Kind::Number;
  double number = 0;
  std::string text;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;

  /// Negative, zero, positive.
  int compare(const Bound& other) const {
    const auto order = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
    switch (kind) {
      case Kind::Number:
      case Kind::Boolean:
        return order(number, other.number);
      case Kind::Text:
        return order(text, other.text);
      case Kind::Instant:
        return seconds != other.seconds ? order(seconds, other.seconds) : order(nanoseconds, other.nanoseconds);
    }
    return 0;
  }
};

/// The values for which a comparison holds.
struct Values {
  /// Types of which all values are in it.
  std::uint8_t types = 0;
  /// Besides: those of one kind between two ends; absent ends are open.
  bool has_range = false;
  Bound::Kind kind = Bound::Kind::Number;
  std::optional<Bound> low, high;
  bool low_open = false, high_open = false;
};

std::uint8_t type_of(Bound::Kind kind) {
  switch (kind) {
    case Bound::Kind::Number:
      return kNumber;
    case Bound::Kind::Boolean:
      return kBoolean;
    case Bound::Kind::Text:
    case Bound::Kind::Instant:
      return kText;
  }
  return kOther;
}

std::optional<Values> values_of(const Comparison& comparison) {
  const auto* literal = std::get_if<Value>(&comparison.operand);
  if (!literal) return std::nullopt;
  Values values;
  std::uint8_t types = 0;
  switch (comparison.test) {
    case Test::IsNull:
      types = kNull;
      break;
    case Test::IsPresent:
      types = kEvery & ~kAbsent;
      break;
    case Test::IsNumeric:
      types = kNumber;
      break;
    case Test::IsString:
      types = kText;
      break;
    case Test::IsBoolean:
      types = kBoolean;
      break;
    case Test::IsTimestamp:
    case Test::StringMatches:
      return std::nullopt;
    case Test::Numeric:
    case Test::String:
    case Test::Timestamp:
    case Test::Boolean:
      break;
  }
  if (types != 0) {
    if (!literal->is_boolean()) return std::nullopt;
    // A missing value fails all of these but IsPresent, so that it is in neither set.
    values.types = literal->as_boolean()                ? types
                   : comparison.test == Test::IsPresent ? kAbsent
                                                        : (kEvery & ~types & ~kAbsent);
    return values;
  }

  Bound bound;
  if (comparison.test == Test::Numeric && literal->is_number()) {
    bound.kind = Bound::Kind::Number;
    bound.number = literal->as_double();
  } else if (comparison.test == Test::String && literal->is_string()) {
    bound.kind = Bound::Kind::Text;
    bound.text = std::string(literal->as_string());
    // The order of texts is the service's affair; only equality is certain.
    if (comparison.relation != Relation::Equals) return std::nullopt;
  } else if (comparison.test == Test::Boolean && literal->is_boolean()) {
    bound.kind = Bound::Kind::Boolean;
    bound.number = literal->as_boolean() ? 1 : 0;
    if (comparison.relation != Relation::Equals) return std::nullopt;
  } else if (comparison.test == Test::Timestamp && comparison.instant) {
    bound.kind = Bound::Kind::Instant;
    bound.seconds = comparison.instant->seconds;
    bound.nanoseconds = comparison.instant->nanoseconds;
  } else {
    return std::nullopt;
  }
  values.has_range = true;
  values.kind = bound.kind;
  switch (comparison.relation) {
    case Relation::Equals:
      values.low = values.high = bound;
      break;
    case Relation::LessThan:
      values.high_open = true;
      [[fallthrough]];
    case Relation::LessThanEquals:
      values.high = bound;
      break;
    case Relation::GreaterThan:
      values.low_open = true;
      [[fallthrough]];
    case Relation::GreaterThanEquals:
      values.low = bound;
      break;
  }
  return values;
}

bool range_within(const Values& a, const Values& b) {
  if (!b.has_range || a.kind != b.kind) return false;
  if (b.low) {
    if (!a.low) return false;
    const int order = a.low->compare(*b.low);
    if (order < 0 || (order == 0 && b.low_open && !a.low_open)) return false;
  }
  if (b.high) {
    if (!a.high) return false;
    const int order = a.high->compare(*b.high);
    if (order > 0 || (order == 0 && b.high_open && !a.high_open)) return false;
  }
  return true;
}

bool is_within(const Values& a, const Values& b) {
  if ((a.types & ~b.types) != 0) return false;
  if (!a.has_range) return true;
  return (b.types & type_of(a.kind)) != 0 || range_within(a, b);
}

bool before(const Values& a, const Values& b) {
  if (!a.high || !b.low) return false;
  const int order = a.high->compare(*b.low);
  return order < 0 || (order == 0 && (a.high_open || b.low_open));
}

bool are_apart(const Values& a, const Values& b) {
  if ((a.types & b.types) != 0) return false;
  if (a.has_range && (b.types & type_of(a.kind)) != 0) return false;
  if (b.has_range && (a.types & type_of(b.kind)) != 0) return false;
  if (!a.has_range || !b.has_range) return true;
  if (type_of(a.kind) != type_of(b.kind)) return true;
  return a.kind == b.kind && (before(a, b) || before(b, a));
}

bool same_variable(const Comparison& a, const Comparison& b) {
  return a.variable.text() == b.variable.text();
}

bool same_comparison(const Comparison& a, const Comparison& b) {
  if (!same_variable(a, b) || a.test != b.test || a.relation != b.relation) return false;
  if (a.operand.index() != b.operand.index()) return false;
  if (const auto* literal = std::get_if<Value>(&a.operand)) return *literal == std::get<Value>(b.operand);
  return std::get<path::Query>(a.operand).text() == std::get<path::Query>(b.operand).text();
}

}  // namespace

bool ConditionLogic::same(const Condition& a, const Condition& b) {
  if (!step() || a.content.index() != b.content.index()) return false;
  const auto all_same = [&](const std::vector<Condition>& x, const std::vector<Condition>& y) {
    if (x.size() != y.size()) return false;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!same(x[i], y[i])) return false;
    }
    return true;
  };
  if (const auto* comparison = std::get_if<Comparison>(&a.content)) {
    return same_comparison(*comparison, std::get<Comparison>(b.content));
  }
  if (const auto* all = std::get_if<And>(&a.content)) return all_same(all->all, std::get<And>(b.content).all);
  if (const auto* any = std::get_if<Or>(&a.content)) {
    return !any->any.empty() && all_same(any->any, std::get<Or>(b.content).any);
  }
  if (const auto* negated = std::get_if<Not>(&a.content)) return all_same(negated->one, std::get<Not>(b.content).one);
  return std::get<JsonataField>(a.content).written == std::get<JsonataField>(b.content).written;
}

bool ConditionLogic::implies(const Condition& a, const Condition& b) {
  if (!step()) return false;
  if (const auto* any = std::get_if<Or>(&a.content)) {
    return !any->any.empty() &&
           std::all_of(any->any.begin(), any->any.end(), [&](const Condition& part) { return implies(part, b); });
  }
  if (const auto* all = std::get_if<And>(&b.content)) {
    return !all->all.empty() &&
           std::all_of(all->all.begin(), all->all.end(), [&](const Condition& part) { return implies(a, part); });
  }
  if (const auto* all = std::get_if<And>(&a.content)) {
    return std::any_of(all->all.begin(), all->all.end(), [&](const Condition& part) { return implies(part, b); });
  }
  if (const auto* any = std::get_if<Or>(&b.content)) {
    return std::any_of(any->any.begin(), any->any.end(), [&](const Condition& part) { return implies(a, part); });
  }
  const auto* not_a = std::get_if<Not>(&a.content);
  const auto* not_b = std::get_if<Not>(&b.content);
  if (not_a && not_b) {
    return not_a->one.size() == 1 && not_b->one.size() == 1 && implies(not_b->one[0], not_a->one[0]);
  }
  if (not_b) return not_b->one.size() == 1 && exclude(a, not_b->one[0]);
  const auto* left = std::get_if<Comparison>(&a.content);
  const auto* right = std::get_if<Comparison>(&b.content);
  if (!left || !right || !same_variable(*left, *right)) return false;
  if (same_comparison(*left, *right)) return true;
  const auto x = values_of(*left), y = values_of(*right);
  return x && y && is_within(*x, *y);
}

bool ConditionLogic::exclude(const Condition& a, const Condition& b) {
  if (!step()) return false;
  if (const auto* any = std::get_if<Or>(&a.content)) {
    return !any->any.empty() &&
           std::all_of(any->any.begin(), any->any.end(), [&](const Condition& part) { return exclude(part, b); });
  }
  if (std::holds_alternative<Or>(b.content)) return exclude(b, a);
  if (const auto* all = std::get_if<And>(&a.content)) {
    return std::any_of(all->all.begin(), all->all.end(), [&](const Condition& part) { return exclude(part, b); });
  }
  if (std::holds_alternative<And>(b.content)) return exclude(b, a);
  if (const auto* negated = std::get_if<Not>(&a.content)) {
    return negated->one.size() == 1 && !std::holds_alternative<Not>(b.content) && implies(b, negated->one[0]);
  }
  if (std::holds_alternative<Not>(b.content)) return exclude(b, a);
  const auto* left = std::get_if<Comparison>(&a.content);
  const auto* right = std::get_if<Comparison>(&b.content);
  if (!left || !right || !same_variable(*left, *right)) return false;
  const auto x = values_of(*left), y = values_of(*right);
  return x && y && are_apart(*x, *y);
}

bool ConditionLogic::is_contradiction(const Condition& condition) {
  if (!step()) return false;
  if (const auto* all = std::get_if<And>(&condition.content)) {
    for (std::size_t i = 0; i < all->all.size(); ++i) {
      if (is_contradiction(all->all[i])) return true;
      for (std::size_t j = 0; j < i; ++j) {
        if (exclude(all->all[i], all->all[j])) return true;
      }
    }
    return false;
  }
  if (const auto* any = std::get_if<Or>(&condition.content)) {
    return !any->any.empty() &&
           std::all_of(any->any.begin(), any->any.end(), [&](const Condition& part) { return is_contradiction(part); });
  }
  return false;
}

bool ConditionLogic::exhaust(const Condition& a, const Condition& b) {
  if (!step()) return false;
  if (const auto* negated = std::get_if<Not>(&b.content)) {
    return negated->one.size() == 1 && same(a, negated->one[0]);
  }
  if (std::holds_alternative<Not>(a.content)) return exhaust(b, a);
  const auto* left = std::get_if<Comparison>(&a.content);
  const auto* right = std::get_if<Comparison>(&b.content);
  if (!left || !right || !same_variable(*left, *right) || left->test != right->test) return false;
  const bool is_test = left->test == Test::IsPresent || left->test == Test::IsNull || left->test == Test::IsNumeric ||
                       left->test == Test::IsString || left->test == Test::IsBoolean || left->test == Test::IsTimestamp;
  const auto* x = std::get_if<Value>(&left->operand);
  const auto* y = std::get_if<Value>(&right->operand);
  return is_test && x && y && x->is_boolean() && y->is_boolean() && x->as_boolean() != y->as_boolean();
}

}  // namespace stepglass::analysis
