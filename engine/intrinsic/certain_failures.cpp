#include "engine/intrinsic/certain_failures.h"

#include <fmt/format.h>

#include "engine/support/digest.h"

namespace stepglass::intrinsic {
namespace {

/// What the calls of one expression may handle while it is looked at. A definition can hold thousands of them, each of
/// which makes more of its argument.
constexpr std::uint64_t kBytes = 16'384;

/// What is known of an argument, or of what a call gives.
struct Known {
  std::optional<Value> value;
  std::optional<Type> type;
  bool fails = false;
};

std::optional<Type> type_of(const Value& value) {
  for (const Type type : {Type::Boolean, Type::Number, Type::String, Type::Array, Type::Object}) {
    if (is_of(value, type)) return type;
  }
  return std::nullopt;
}

class Finder {
 public:
  explicit Finder(const KnownType& known) : known_(known) {}

  // At most kMaxCallNesting calls stand inside each other.
  Known look(const Invocation& call) {
    const Function& function = *call.function;
    std::vector<Known> arguments;
    bool fails = false;
    for (const Argument& argument : call.arguments) {
      arguments.push_back(look(argument));
      fails = fails || arguments.back().fails;
    }
    Known result;
    result.fails = fails || !has_right_arity(call);
    if (function.gives_type != Type::Any) result.type = function.gives_type;
    if (result.fails || function.ignores_surplus) return result;

    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Known& argument = arguments[i];
      const Type wanted = function.takes_at(i);
      if (wanted == Type::Any) continue;
      const bool fits = argument.value ? is_of(*argument.value, wanted) : !argument.type || *argument.type == wanted;
      if (fits) continue;
      add({.function = &function, .span = call.span, .argument = i + 1, .given = argument.type.value_or(Type::Any)});
      result.fails = true;
      return result;
    }
    call_it(call, arguments, result);
    return result;
  }

  std::vector<CertainFailure> take() { return std::move(failures_); }

 private:
  Known look(const Argument& argument) {
    if (const Invocation* inner = argument.call()) return look(*inner);
    Known known;
    if (const Value* literal = argument.literal()) {
      known.value = *literal;
      known.type = type_of(*literal);
    } else if (known_) {
      known.type = known_(*argument.query());
    }
    return known;
  }

  void call_it(const Invocation& call, const std::vector<Known>& arguments, Known& result) {
    const Function& function = *call.function;
    const bool draws = function.name == "States.MathRandom" && arguments.size() < 3;
    std::vector<Value> values;
    bool all = true;
    for (const Known& argument : arguments) {
      all = all && argument.value;
      values.push_back(argument.value.value_or(Value()));
    }
    if (!all && !stand_in(function, arguments, values)) return;
    if (function.name == "States.Hash" && !digest_named(values[1].as_string())) return;
    Outcome outcome = function.call(Arguments(values, function.name, workspace_));
    if (outcome) {
      if (all && !draws) result.value = std::move(*outcome);
      return;
    }
    result.fails = true;
    if (outcome.error().too_large || function.name == "States.Format") return;
    add({.function = &function, .span = call.span});
  }

  /// Puts values in the place of unknown arguments with which the call fails only if it does with any others, too.
  static bool stand_in(const Function& function, const std::vector<Known>& arguments, std::vector<Value>& values) {
    if (function.name == "States.ArrayPartition") {
      if (arguments[0].value || !arguments[1].value) return false;
      values[0] = Value::empty_array();
      return true;
    }
    if (function.name == "States.JsonMerge") {
      // Deep merging is what it refuses, whatever is merged.
      for (std::size_t i = 0; i < 2; ++i) {
        if (!arguments[i].value) values[i] = Value::empty_object();
      }
      return arguments[2].value.has_value();
    }
    if (function.name == "States.MathAdd") {
      for (std::size_t i = 0; i < 2; ++i) {
        if (!arguments[i].value) values[i] = Value(std::int64_t{0});
      }
      return true;
    }
    if (function.name == "States.ArrayRange") {
      // A range of one item is possible with any step but 0.
      if (!arguments[2].value || (arguments[0].value && arguments[1].value)) return false;
      if (!arguments[0].value) values[0] = arguments[1].value.value_or(Value(std::int64_t{0}));
      if (!arguments[1].value) values[1] = values[0];
      return true;
    }
    return false;
  }

  void add(CertainFailure failure) { failures_.push_back(failure); }

  const KnownType& known_;
  Random random_{0};
  Workspace workspace_{random_, kBytes};
  std::vector<CertainFailure> failures_;
};

}  // namespace

std::vector<CertainFailure> find_certain_failures(const Call& call, const KnownType& known) {
  Finder finder(known);
  finder.look(call.root());
  return finder.take();
}

namespace {

std::string_view type_words(Type type) {
  switch (type) {
    case Type::Boolean:
      return "a boolean";
    case Type::Number:
      return "a number";
    case Type::String:
      return "a string";
    case Type::Array:
      return "an array";
    case Type::Object:
      return "an object";
    case Type::Any:
      break;
  }
  return "null";
}

}  // namespace

std::string describe(const CertainFailure& failure) {
  if (failure.argument == 0) return fmt::format("{} refuses these arguments", failure.function->name);
  return fmt::format("argument {} of {} is {}, not {}", failure.argument, failure.function->name,
                     type_words(failure.given), type_words(failure.function->takes_at(failure.argument - 1)));
}

}  // namespace stepglass::intrinsic
