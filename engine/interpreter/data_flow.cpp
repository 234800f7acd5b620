#include "engine/interpreter/data_flow.h"

#include <fmt/format.h>

#include "engine/interpreter/expressions.h"
#include "engine/support/match.h"
#include "engine/support/number.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

/// Failures of templates and intrinsic calls come without the prefix.
Failure with_prefix(const Visit& visit, const Failure& failure) {
  return engine_failure(visit, failure.error.value_or("States.Runtime"), failure.cause.value_or(""));
}

/// "Invalid path '…' : …", the sentence for InputPath, OutputPath and the paths of timeouts.
Failure invalid_path(const Visit& visit, const path::Query& query, const path::EvaluationError& error) {
  return runtime_failure(visit, fmt::format("Invalid path '{}' : {}", query.text(), error.message));
}

Result<Value, Failure> follow(const Visit& visit, const DataPath& data_path, const Value& document) {
  if (data_path.discards) return Value::empty_object();
  if (data_path.call) {
    auto value = data_path.call->evaluate(document, visit.surroundings, visit.random);
    if (!value) return with_prefix(visit, value.error());
    return value;
  }
  if (!data_path.query) return document;
  auto value = data_path.query->evaluate(document, visit.surroundings);
  if (!value) return invalid_path(visit, *data_path.query, value.error());
  return *std::move(value);
}

/// `result` put where ResultPath says.
Result<Value, Failure> placed(const Visit& visit, const ResultPath& result_path, Value result) {
  if (result_path.discards) return visit.input;
  if (!result_path.place || result_path.place->is_root()) return result;
  auto value = path::with_value_at(*result_path.place, visit.input, std::move(result));
  if (!value) return with_prefix(visit, value.error());
  return *std::move(value);
}

Result<Value, Failure> assigned_values(const Visit& visit, const Assign& assign, const Value& document) {
  if (!assign) return Value();
  return apply_template(visit, assign.values, document);
}

/// Seconds that a literal may say at most. Source: service quota.
constexpr std::int64_t kMaxSeconds = 99'999'999;

/// Why `value` may not be handed on; nothing when it may.
std::optional<Failure> limit_failure(const Visit& visit, const Value& value) {
  if (json_size(value) > kMaxPayloadBytes) return data_limit_failure(visit.name());
  if (value.depth() > kMaxValueDepth) return depth_failure(visit.name());
  return std::nullopt;
}

/// Checks what a state hands on.
Result<Completion, Failure> finished(const Visit& visit, Value output, Value assigned) {
  if (auto failure = limit_failure(visit, output)) return *std::move(failure);
  if (auto failure = limit_failure(visit, assigned)) return *std::move(failure);
  return Completion{std::move(output), std::move(assigned)};
}

std::string bare_text(const Value& value) {
  return value.is_string() ? std::string(value.as_string()) : to_json(value);
}

}  // namespace

Failure engine_failure(const Visit& visit, std::string_view error, std::string_view detail) {
  return {std::string(error), fmt::format("An error occurred while executing the state '{}' (entered at the event id "
                                          "#{}). {}",
                                          visit.name(), visit.entered, detail)};
}

Failure runtime_failure(const Visit& visit, std::string_view detail) {
  return engine_failure(visit, "States.Runtime", detail);
}

Failure data_limit_failure(std::string_view what) {
  return {"States.DataLimitExceeded",
          fmt::format("The state/task '{}' returned a result with a size exceeding the maximum number of bytes service "
                      "limit.",
                      what)};
}

Failure depth_failure(std::string_view what) {
  return {"States.DataLimitExceeded",
          fmt::format("The state/task '{}' returned a result that is nested more than {} deep.", what, kMaxValueDepth)};
}

Result<Value, Failure> selected_input(const Visit& visit) {
  if (visit.state.language == QueryLanguage::JSONata) return visit.input;
  auto selected = follow(visit, visit.state.input_path, visit.input);
  if (selected) visit.stage("afterInputPath", *selected);
  return selected;
}

Result<Value, Failure> apply_template(const Visit& visit, const TemplateField& field, const Value& document) {
  if (const auto* jsonata = std::get_if<JsonataField>(&field)) {
    auto value = evaluate_field(visit, *jsonata);
    if (!value) return value;
    if (auto failure = limit_failure(visit, *value)) return *std::move(failure);
    return value;
  }
  const auto* compiled = std::get_if<Template>(&field);
  if (!compiled) return document;
  auto value = compiled->evaluate(document, visit.input, visit.surroundings, visit.random);
  if (!value) return with_prefix(visit, value.error());
  if (auto failure = limit_failure(visit, *value)) return *std::move(failure);
  return *std::move(value);
}

namespace {

/// Output and Assign of a JSONata state or of one of its ways out. `otherwise` is the output where no Output says more.
/// Both see the variables as they were when the state was entered.
Result<Completion, Failure> complete_jsonata(const Visit& visit, const std::optional<JsonataField>& output,
                                             const Assign& assign, const Value& otherwise, const StatesValues& states) {
  Value made = otherwise;
  if (output) {
    auto value = evaluate_field(visit, *output, states);
    if (!value) return std::move(value).error();
    made = *std::move(value);
  }
  Value assigned;
  if (const auto* field = std::get_if<JsonataField>(&assign.values)) {
    auto value = evaluate_field(visit, *field, states);
    if (!value) return std::move(value).error();
    assigned = *std::move(value);
  }
  return finished(visit, std::move(made), std::move(assigned));
}

bool is_jsonata(const Visit& visit) {
  return visit.state.language == QueryLanguage::JSONata;
}

/// Task, Parallel and Map have results; a Pass state's is its input, which is no $states.result.
bool has_result(const State& state) {
  return !std::holds_alternative<Pass>(state.kind);
}

}  // namespace

Result<Completion, Failure> complete(const Visit& visit, const Value& result) {
  const State& state = visit.state;
  if (is_jsonata(visit)) {
    return complete_jsonata(visit, state.output, state.assign, result,
                            {.result = has_result(state) ? &result : nullptr});
  }
  auto selected = apply_template(visit, state.result_selector, result);
  if (!selected) return std::move(selected).error();
  visit.stage("afterResultSelector", *selected);
  auto assigned = assigned_values(visit, state.assign, result);
  if (!assigned) return std::move(assigned).error();
  auto whole = placed(visit, state.result_path, *std::move(selected));
  if (!whole) return std::move(whole).error();
  visit.stage("afterResultPath", *whole);
  auto output = follow(visit, state.output_path, *whole);
  if (!output) return std::move(output).error();
  return finished(visit, *std::move(output), *std::move(assigned));
}

Result<Completion, Failure> pass_through(const Visit& visit, const Value& selected, const Assign& assign,
                                         const std::optional<JsonataField>& output) {
  if (is_jsonata(visit)) return complete_jsonata(visit, output, assign, selected, {});
  auto assigned = assigned_values(visit, assign, selected);
  if (!assigned) return std::move(assigned).error();
  auto followed = follow(visit, visit.state.output_path, selected);
  if (!followed) return std::move(followed).error();
  return finished(visit, *std::move(followed), *std::move(assigned));
}

Result<Completion, Failure> complete_caught(const Visit& visit, const Catcher& catcher, const Failure& failure) {
  ObjectBuilder builder(2);
  builder.set("Error", failure.error ? Value(*failure.error) : Value());
  // A timeout has no cause in its event and an empty one here; a failure without either has null in both (recorded).
  const bool empty_cause = !failure.cause && failure.error;
  builder.set("Cause", failure.cause ? Value(*failure.cause) : empty_cause ? Value("") : Value());
  const Value error_output = std::move(builder).build();
  if (is_jsonata(visit)) {
    return complete_jsonata(visit, catcher.output, catcher.assign, error_output, {.error_output = &error_output});
  }
  auto assigned = assigned_values(visit, catcher.assign, error_output);
  if (!assigned) return std::move(assigned).error();
  auto output = placed(visit, catcher.result_path, error_output);
  if (!output) return std::move(output).error();
  return finished(visit, *std::move(output), *std::move(assigned));
}

Failure field_failure(const Visit& visit, std::string_view name, std::string_view detail) {
  return is_jsonata(visit) ? query_failure(visit, name, detail) : runtime_failure(visit, detail);
}

Result<std::optional<std::int64_t>, Failure> integer_field(const Visit& visit, const IntegerField& field,
                                                           std::string_view name, const Value& document) {
  using Field = Result<std::optional<std::int64_t>, Failure>;
  return match(
      field, [](std::monostate) -> Field { return std::optional<std::int64_t>(); },
      [](std::int64_t literal) -> Field { return std::optional(literal); },
      [&](const path::Query& query) -> Field {
        const auto value = query.evaluate(document, visit.surroundings);
        if (!value) return invalid_path(visit, query, value.error());
        std::optional<std::int64_t> integer;
        if (value->kind() == Value::Kind::Integer) integer = value->as_integer();
        // Texts that are integers are taken, as a recorded run with "2" shows.
        if (value->is_string()) integer = parse_integer(value->as_string());
        if (!integer) {
          return runtime_failure(visit, fmt::format("The {}Path field refers to value \"{}\" which is not a valid "
                                                    "integer: {}",
                                                    name, bare_text(*value), query.text()));
        }
        return integer;
      },
      [&](const JsonataField& jsonata) -> Field {
        const auto value = evaluate_field(visit, jsonata);
        if (!value) return value.error();
        if (value->kind() == Value::Kind::Integer) return std::optional(value->as_integer());
        return unexpected_type(visit, jsonata, name, "integer", *value);
      });
}

Result<std::optional<std::int64_t>, Failure> count_field(const Visit& visit, const IntegerField& field,
                                                         std::string_view name, const Value& document) {
  auto count = integer_field(visit, field, name, document);
  // Recorded for ToleratedFailureCount.
  if (count && *count && **count < 0) return field_failure(visit, name, fmt::format("{} cannot be negative.", name));
  return count;
}

Result<std::optional<std::int64_t>, Failure> seconds_field(const Visit& visit, const IntegerField& field,
                                                           std::string_view name, const Value& document) {
  auto seconds = integer_field(visit, field, name, document);
  if (seconds && *seconds && (**seconds < 1 || **seconds > kMaxSeconds)) {
    return field_failure(visit, name, fmt::format("{} must be between 1 and {}.", name, kMaxSeconds));
  }
  return seconds;
}

Result<std::optional<double>, Failure> number_field(const Visit& visit, const NumberField& field, std::string_view name,
                                                    const Value& document) {
  using Field = Result<std::optional<double>, Failure>;
  return match(
      field, [](std::monostate) -> Field { return std::optional<double>(); },
      [](double literal) -> Field { return std::optional(literal); },
      [&](const path::Query& query) -> Field {
        const auto value = query.evaluate(document, visit.surroundings);
        if (!value) return invalid_path(visit, query, value.error());
        std::optional<double> number;
        if (value->is_number()) number = value->as_double();
        if (value->is_string()) number = parse_double(value->as_string());
        if (!number) {
          return runtime_failure(visit, fmt::format("The {}Path field refers to value \"{}\" which is not a valid "
                                                    "float: {}",
                                                    name, bare_text(*value), query.text()));
        }
        return number;
      },
      [&](const JsonataField& jsonata) -> Field {
        const auto value = evaluate_field(visit, jsonata);
        if (!value) return value.error();
        if (value->is_number()) return std::optional(value->as_double());
        return unexpected_type(visit, jsonata, name, "number", *value);
      });
}

Result<std::optional<std::string>, Failure> text_field(const Visit& visit, const TextField& field,
                                                       std::string_view name, const Value& document) {
  using Field = Result<std::optional<std::string>, Failure>;
  const auto text = [&](const Value& value) -> Field {
    if (value.is_string()) return std::optional(std::string(value.as_string()));
    return runtime_failure(
        visit, fmt::format("The {}Path field refers to value \"{}\" which is not a string", name, to_json(value)));
  };
  return match(
      field, [](std::monostate) -> Field { return std::optional<std::string>(); },
      [](const std::string& literal) -> Field { return std::optional(literal); },
      [&](const path::Query& query) -> Field {
        const auto value = query.evaluate(document, visit.surroundings);
        if (!value) {
          return runtime_failure(visit, fmt::format("The JSONPath '{}' specified for the field '{}Path' could not be "
                                                    "found in the input '{}'",
                                                    query.text(), name, to_json(document)));
        }
        return text(*value);
      },
      [&](const intrinsic::Call& call) -> Field {
        const auto value = call.evaluate(document, visit.surroundings, visit.random);
        if (!value) return with_prefix(visit, value.error());
        return text(*value);
      },
      [&](const JsonataField& jsonata) -> Field {
        const auto value = evaluate_field(visit, jsonata);
        if (!value) return value.error();
        if (value->is_string()) return std::optional(std::string(value->as_string()));
        return unexpected_type(visit, jsonata, name, "string", *value);
      });
}

Result<WaitEnd, Failure> wait_end(const Visit& visit, const Wait& wait, const Value& selected) {
  using End = Result<WaitEnd, Failure>;
  if (const auto* query = std::get_if<path::Query>(&wait.seconds)) {
    const auto value = query->evaluate(selected, visit.surroundings);
    if (!value) {
      return runtime_failure(
          visit, fmt::format("The SecondsPath parameter does not reference an input value: {}", query->text()));
    }
    if (value->kind() != Value::Kind::Integer) {
      return runtime_failure(visit, fmt::format("The SecondsPath parameter cannot be parsed as a long value: {} == {}",
                                                query->text(), bare_text(*value)));
    }
    if (value->as_integer() < 0) {
      return runtime_failure(visit, fmt::format("The SecondsPath parameter references a negative value: {} == {}",
                                                query->text(), value->as_integer()));
    }
    return WaitEnd{value->as_integer(), std::nullopt};
  }
  if (const auto* seconds = std::get_if<std::int64_t>(&wait.seconds)) return WaitEnd{*seconds, std::nullopt};
  if (const auto* jsonata = std::get_if<JsonataField>(&wait.seconds)) {
    const auto value = evaluate_field(visit, *jsonata);
    if (!value) return value.error();
    if (value->kind() != Value::Kind::Integer) return unexpected_type(visit, *jsonata, "Seconds", "integer", *value);
    if (value->as_integer() < 0 || value->as_integer() > kMaxSeconds) {
      return query_failure(visit, "Seconds", fmt::format("Seconds must be between 0 and {}.", kMaxSeconds));
    }
    return WaitEnd{value->as_integer(), std::nullopt};
  }
  return match(
      wait.timestamp,
      [](std::monostate) -> End {
        return WaitEnd{0, std::nullopt};
      },
      [](const Instant& instant) -> End {
        return WaitEnd{std::nullopt, instant};
      },
      [&](const path::Query& query) -> End {
        const auto value = query.evaluate(selected, visit.surroundings);
        const auto instant =
            value && value->is_string() ? parse_timestamp(value->as_string()) : std::optional<Instant>();
        if (!instant) {
          return runtime_failure(
              visit, fmt::format("The TimestampPath parameter does not reference a valid ISO-8601 extended offset "
                                 "date-time format string: {} == {}",
                                 query.text(), value ? bare_text(*value) : "null"));
        }
        return WaitEnd{std::nullopt, instant};
      },
      [&](const JsonataField& jsonata) -> End {
        const auto value = evaluate_field(visit, jsonata);
        if (!value) return value.error();
        if (!value->is_string()) return unexpected_type(visit, jsonata, "Timestamp", "string", *value);
        const auto instant = parse_timestamp(value->as_string());
        if (!instant) {
          return query_failure(visit, "Timestamp",
                               fmt::format("The Timestamp field cannot be parsed as an ISO-8601 extended offset "
                                           "date-time format string: {}",
                                           value->as_string()));
        }
        return WaitEnd{std::nullopt, instant};
      });
}

Result<Value, Failure> map_items(const Visit& visit, const Map& map, const Value& selected, bool takes_object) {
  const auto will_do = [&](const Value& value) { return value.is_array() || (takes_object && value.is_object()); };
  if (is_jsonata(visit)) {
    if (!map.items) {
      if (will_do(selected)) return selected;
      const std::string shown = json_size(selected) > kMaxPayloadBytes ? "…" : to_json(selected);
      return query_failure(visit, "", fmt::format("Map state input must be an array but was: {}", shown));
    }
    auto value = evaluate_field(visit, *map.items);
    if (!value || will_do(*value)) return value;
    return unexpected_type(visit, *map.items, "Items", "array", *value);
  }
  Value items = selected;
  if (map.items_path) {
    auto value = map.items_path->evaluate(selected, visit.surroundings);
    if (!value) return invalid_path(visit, *map.items_path, value.error());
    items = *std::move(value);
  }
  visit.stage("afterItemsPath", items);
  if (will_do(items)) return items;
  return runtime_failure(
      visit, fmt::format("Reference path \"{}\" must point to array.", map.items_path ? map.items_path->text() : "$"));
}

}  // namespace stepglass
