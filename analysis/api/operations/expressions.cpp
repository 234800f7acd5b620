// Expressions on data.

#include <fmt/format.h>

#include <type_traits>
#include <variant>

#include "analysis/api/jsonata.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/path.h"
#include "analysis/api/reply.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kJsonataFields[] = {"expression", "data", "bindings", "dialect", "limits", "seed"};

std::optional<jsonata::Dialect> parse_jsonata_dialect(std::string_view name) {
  if (name == "standard") return jsonata::Dialect::Standard;
  if (name == "states") return jsonata::Dialect::States;
  return std::nullopt;
}

/// Steps for a millisecond that a caller allows: an evaluation is bounded by what it does and not by the clock.
constexpr std::uint64_t kStepsPerMillisecond = 10'000;

std::optional<ApiError> jsonata_operation(Fields& fields, std::string& out) {
  JsonataRequest request;
  const auto expression = fields.text("expression");
  if (!expression) fields.refuse("\"expression\" is missing");
  request.data = fields.value("data");
  if (auto bindings = fields.value("bindings")) {
    request.bindings = *std::move(bindings);
    if (!request.bindings.is_object() && !request.bindings.is_null()) fields.refuse("\"bindings\" is an object");
  }
  request.dialect =
      fields.word("dialect", parse_jsonata_dialect, "\"standard\" or \"states\"").value_or(jsonata::Dialect::Standard);
  request.budget = jsonata::default_budget(request.dialect);
  if (const auto limits = fields.value("limits")) {
    if (!limits->is_object()) fields.refuse("\"limits\" is an object");
    const auto lower = [&](std::string_view name, auto& limit, std::uint64_t unit) {
      const Value* value = limits->find(name);
      if (!value) return;
      if (value->kind() != Value::Kind::Integer || value->as_integer() < 0) {
        fields.refuse(fmt::format("\"{}\" in \"limits\" is a positive integer", name));
        return;
      }
      const auto asked = static_cast<std::uint64_t>(value->as_integer());
      if (asked < limit / unit) limit = static_cast<std::remove_reference_t<decltype(limit)>>(asked * unit);
    };
    lower("depth", request.budget.depth, 1);
    lower("steps", request.budget.steps, 1);
    lower("bytes", request.budget.bytes, 1);
    lower("milliseconds", request.budget.steps, kStepsPerMillisecond);
  }
  if (const auto seed = fields.count("seed")) request.seed = *seed;
  if (fields.fault()) return fields.fault();
  request.expression = *expression;

  const auto result = evaluate_jsonata(request);
  if (!result) {
    const jsonata::Error& error = result.error();
    out += "{\"error\":{\"code\":";
    append_json_string(out, error.code);
    out += ",\"message\":";
    append_json_string(out, error.message);
    out += fmt::format(",\"position\":{}", error.position);
    if (error.token) {
      out += ",\"token\":";
      append_json_string(out, *error.token);
    }
    out += "}}";
  } else if (!*result) {
    out += "{\"undefined\":true}";
  } else if ((*result)->has_opaque()) {
    out += "{\"function\":true}";
  } else {
    if (json_size(**result) > kMaxReplyBytes) return reply_too_large("the value");
    out += "{\"value\":";
    append_json(out, **result, NumberStyle::ECMAScript);
    out += '}';
  }
  return std::nullopt;
}

constexpr std::string_view kPathFields[] = {"path", "data", "dialect"};

std::optional<PathDialect> parse_dialect(std::string_view name) {
  if (name == "jayway") return PathDialect::Jayway;
  if (name == "reference") return PathDialect::Reference;
  return std::nullopt;
}

std::optional<ApiError> path_operation(Fields& fields, std::string& out) {
  const auto path = fields.text("path");
  if (!path) fields.refuse("\"path\" is missing");
  const Value data = fields.value("data").value_or(Value());
  const PathDialect dialect =
      fields.word("dialect", parse_dialect, "\"jayway\" or \"reference\"").value_or(PathDialect::Jayway);
  if (fields.fault()) return fields.fault();
  const auto found = evaluate_path(*path, data, dialect);
  if (const auto* value = std::get_if<Value>(&found)) {
    out += "{\"value\":";
    if (!append_bounded(out, *value)) return reply_too_large("the value");
  } else {
    const PathFault& fault = std::get<PathFault>(found);
    out += "{\"error\":";
    append_json_string(out, fault.error);
    out += ",\"message\":";
    append_json_string(out, fault.message);
  }
  out += '}';
  return std::nullopt;
}

constexpr Operation kOperations[] = {
    {"jsonata", kJsonataFields, jsonata_operation},
    {"path", kPathFields, path_operation}};

}  // namespace

std::span<const Operation> expression_operations() { return kOperations; }

}  // namespace stepglass::analysis
