// The functions at the end of a path. Source: Jayway's function classes.

#include <fmt/format.h>

#include <cmath>

#include "engine/path/evaluator.h"

namespace stepglass::path {
namespace {

constexpr double kLargest = 1.7976931348623157e308;

}  // namespace

bool Evaluator::arguments(const Step& step, const Scope& scope, std::vector<Value>& values) {
  for (const Argument& argument : step.arguments) {
    if (argument.path) {
      values.emplace_back();
      if (!value_of(*argument.path, *scope.root, scope, values.back())) return false;
    } else {
      if (!argument.json) return fail("an argument of the function cannot be read as JSON");
      values.push_back(*argument.json);
    }
  }
  return true;
}

bool Evaluator::call(const Step& step, const Value& model, const Scope& scope, Value& result) {
  switch (step.function) {
    case Function::Unknown:
      return invalid(fmt::format("Function with name: {} does not exist.", step.name.view()));
    case Function::Length:
      return length(step, model, scope, result);
    case Function::Keys: {
      if (!model.is_object()) return true;
      ArrayBuilder names(model.size());
      if (!charge(model.size())) return false;
      for (const Member& member : model.members()) names.add(Value(member.key));
      result = std::move(names).build();
      return true;
    }
    default:
      break;
  }
  std::vector<Value> values;
  if (!arguments(step, scope, values)) return false;
  if (!charge(1 + (model.is_array() ? model.size() : 0))) return false;
  switch (step.function) {
    case Function::Concatenate: {
      std::string text;
      const auto append = [&](const Value& value, bool any) {
        if (value.is_string() || (any && !value.is_null())) append_java_text(text, value, kMaxTextOfValue);
      };
      if (model.is_array()) {
        for (const Value& item : model.items()) append(item, false);
      }
      for (const Value& value : values) {
        if (!value.is_array()) {
          append(value, true);
        } else {
          for (const Value& item : value.items()) append(item, true);
        }
      }
      result = Value(text);
      return true;
    }
    case Function::Append: {
      if (!model.is_array()) {
        result = model;
        return true;
      }
      ArrayBuilder items(model.size() + values.size());
      for (const Value& item : model.items()) items.add(item);
      for (Value& value : values) items.add(std::move(value));
      result = std::move(items).build();
      return true;
    }
    case Function::First:
    case Function::Last:
    case Function::Index:
      return pick(step.function, model, values, result);
    default:
      return aggregate(step.function, model, values, result);
  }
}

bool Evaluator::aggregate(Function function, const Value& model, const std::vector<Value>& arguments, Value& result) {
  double count = 0, sum = 0, squares = 0, least = kLargest, most = -kLargest;
  const auto take = [&](const Value& value) {
    if (!value.is_number()) return;
    const double number = value.as_double();
    ++count;
    sum += number;
    squares += number * number;
    if (number < least) least = number;
    if (number > most) most = number;
  };
  if (model.is_array()) {
    for (const Value& item : model.items()) take(item);
  }
  for (const Value& argument : arguments) {
    if (!argument.is_array()) {
      take(argument);
    } else {
      for (const Value& item : argument.items()) take(item);
    }
  }
  if (count == 0) return fail("Aggregation function attempted to calculate value using empty array");
  double value = 0;
  switch (function) {
    case Function::Average:
      value = sum / count;
      break;
    case Function::StandardDeviation:
      value = std::sqrt(squares / count - sum * sum / count / count);
      break;
    case Function::Minimum:
      value = least;
      break;
    case Function::Maximum:
      value = most;
      break;
    default:
      value = sum;
      break;
  }
  // Java goes on with NaN and Infinity, but neither is JSON.
  if (!std::isfinite(value)) return fail("the result of the function is no finite number");
  result = Value(value);
  return true;
}

bool Evaluator::pick(Function function, const Value& model, const std::vector<Value>& arguments, Value& result) {
  if (!model.is_array()) return fail("Aggregation function attempted to calculate value using empty array");
  const auto size = static_cast<std::int64_t>(model.size());
  const auto out_of_bounds = [&](std::int64_t index, std::int64_t length) {
    fail(fmt::format("Index {} out of bounds for length {}", index, length));
    trouble_.kind = Trouble::Kind::OutOfBounds;
    return false;
  };
  std::int64_t index = function == Function::Last ? -1 : 0;
  if (function == Function::Index) {
    const Value* number = nullptr;
    for (const Value& argument : arguments) {
      if (number) break;
      if (argument.is_number()) number = &argument;
      if (!argument.is_array()) continue;
      for (const Value& item : argument.items()) {
        if (item.is_number() && !number) number = &item;
      }
    }
    if (!number) return out_of_bounds(0, 0);
    if (number->is_integer()) {  // Number.intValue: the low 32 bits, but a double is cut to the range
      const std::uint64_t bits = number->kind() == Value::Kind::Integer
                                     ? static_cast<std::uint64_t>(number->as_integer())
                                     : number->as_unsigned();
      index = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
    } else {
      const double whole = std::trunc(number->as_double());
      index = whole >= 2147483647.0 ? INT32_MAX : whole <= -2147483648.0 ? INT32_MIN : static_cast<std::int32_t>(whole);
    }
  }
  if (index >= 0) {
    if (index >= size) return out_of_bounds(index, size);
  } else if (size + index <= 0) {  // so that the first item is not to be had from the end
    return fail(fmt::format("Target index:{} larger than object count:{}", index, size));
  } else {
    index += size;
  }
  result = *model.at(static_cast<std::size_t>(index));
  return true;
}

bool Evaluator::length(const Step& step, const Value& model, const Scope& scope, Value& result) {
  if (!step.arguments.empty()) {
    std::vector<Value> values;
    for (const Argument& argument : step.arguments) {  // worked out first, although only the first one is looked at
      if (!argument.path) continue;
      values.emplace_back();
      if (!value_of(*argument.path, *scope.root, scope, values.back())) return false;
    }
    const Argument& first = step.arguments[0];
    if (!first.path) {
      return fail(
          "Cannot invoke \"com.jayway.jsonpath.internal.Path.isFunctionPath()\" because the return value of "
          "\"com.jayway.jsonpath.internal.function.Parameter.getPath()\" is null");
    }
    // The children of what the argument selects in the value at hand, which is $ for it.
    Cache cache = new_cache();
    const Scope inner{&model, scope.require_properties, &cache};
    Value children;
    if (!value_of(*first.children, model, inner, children)) return false;
    if (children.is_array()) {
      result = Value(static_cast<std::int64_t>(children.size()));
      return true;
    }
  }
  if (model.is_array() || model.is_object()) result = Value(static_cast<std::int64_t>(model.size()));
  return true;
}

}  // namespace stepglass::path
