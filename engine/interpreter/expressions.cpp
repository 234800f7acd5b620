#include "engine/interpreter/expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/support/match.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

/// What the expressions of one field see. $states is made when the first of them asks.
class FieldEnvironment : public jsonata::Environment {
 public:
  FieldEnvironment(const Visit& visit, const JsonataField& field, const StatesValues& states)
      : visit_(visit), field_(field), states_(states) {}

  const Value* variable(std::string_view name) override {
    if (name == "states") return &states();
    return visit_.surroundings.variable(name);
  }
  Random& random() override { return visit_.random; }
  std::int64_t now_ms() override { return visit_.surroundings.now_ms(); }

 private:
  const Value& states() {
    if (!made_.is_null()) return made_;
    const jsonata::StatesUse& use = field_.states;
    ObjectBuilder builder(4);
    if (use.context || use.whole) builder.set("context", visit_.surroundings.context());
    if (use.input || use.whole) builder.set("input", visit_.input);
    if (states_.result && (use.result || use.whole)) builder.set("result", *states_.result);
    if (states_.error_output && (use.error_output || use.whole)) builder.set("errorOutput", *states_.error_output);
    made_ = std::move(builder).build();
    return made_;
  }

  const Visit& visit_;
  const JsonataField& field_;
  const StatesValues& states_;
  Value made_;
};

/// "The JSONata expression '…' specified for the field '…' " and how it went on.
Failure expression_failure(const Visit& visit, const JsonataExpression& expression, std::string_view rest) {
  return query_failure(visit, expression.location,
                       fmt::format("The JSONata expression '{}' specified for the field '{}' {}", expression.shown,
                                   expression.location, rest));
}

Result<Value, Failure> evaluate(const Visit& visit, const JsonataExpression& expression,
                                FieldEnvironment& environment) {
  // What one evaluation may use, and what is left of what all of the run may use.
  jsonata::Budget budget = jsonata::default_budget(jsonata::Dialect::States);
  std::uint64_t& left = visit.surroundings.steps_left();
  const std::uint64_t given = std::min(budget.steps, left);
  budget.steps = given;
  auto result = expression.expression.evaluate(nullptr, environment, budget);
  left -= given - budget.steps;
  if (!result) {
    const jsonata::Error& error = result.error();
    if (error.internal) {
      return expression_failure(visit, expression, "threw an internal error during evaluation. " + visit.random.uuid());
    }
    return expression_failure(visit, expression,
                              error.code.empty()
                                  ? fmt::format("threw an error during evaluation: {}", error.message)
                                  : fmt::format("threw an error during evaluation. {}: {}", error.code, error.message));
  }
  if (!*result) return expression_failure(visit, expression, "returned nothing (undefined).");
  if ((*result)->has_opaque()) return expression_failure(visit, expression, "returned an unsupported result type.");
  return **std::move(result);
}

/// Nesting is bounded by that of the document.
Result<Value, Failure> evaluate(const Visit& visit, const JsonataNode& node, FieldEnvironment& environment) {
  using Answer = Result<Value, Failure>;
  return match(
      node.content, [](const Value& value) -> Answer { return value; },
      [&](const JsonataExpression& expression) -> Answer { return evaluate(visit, expression, environment); },
      [&](const JsonataObject& object) -> Answer {
        ObjectBuilder builder(object.members.size());
        for (const JsonataObject::Member& member : object.members) {
          auto value = evaluate(visit, member.node.front(), environment);
          if (!value) return value;
          builder.set(member.key, *std::move(value));
        }
        return std::move(builder).build();
      },
      [&](const JsonataArray& array) -> Answer {
        ArrayBuilder builder(array.items.size());
        for (const JsonataNode& item : array.items) {
          auto value = evaluate(visit, item, environment);
          if (!value) return value;
          builder.add(*std::move(value));
        }
        return std::move(builder).build();
      });
}

std::string_view type_name(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return "null";
    case Value::Kind::Boolean:
      return "boolean";
    case Value::Kind::String:
      return "string";
    case Value::Kind::Array:
      return "array";
    case Value::Kind::Object:
      return "object";
    default:
      return "number";
  }
}

}  // namespace

Result<Value, Failure> evaluate_field(const Visit& visit, const JsonataField& field, const StatesValues& states) {
  if (!field.compiled) return field.written;
  FieldEnvironment environment(visit, field, states);
  return evaluate(visit, *field.compiled, environment);
}

Failure query_failure(const Visit& visit, std::string_view location, std::string_view detail) {
  Failure failure = engine_failure(visit, "States.QueryEvaluationError", detail);
  failure.location = std::string(location);
  return failure;
}

Failure unexpected_type(const Visit& visit, const JsonataField& field, std::string_view name, std::string_view expected,
                        const Value& value) {
  // A value too large to be shown is cut by its size, since the text of a cause is bounded, too.
  constexpr std::uint64_t kMaxShownBytes = 32'768;
  const std::string shown = json_size(value) > kMaxShownBytes ? "…" : to_json(value, NumberStyle::ECMAScript);
  const auto* expression = field.compiled ? std::get_if<JsonataExpression>(&field.compiled->content) : nullptr;
  const std::string rest = fmt::format("returned an unexpected result type. Expected '{}', but was '{}' for value: {}",
                                       expected, type_name(value), shown);
  if (expression) return expression_failure(visit, *expression, rest);
  return query_failure(visit, name, fmt::format("The value specified for the field '{}' {}", name, rest));
}

}  // namespace stepglass
