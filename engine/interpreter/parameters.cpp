#include "engine/interpreter/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/value/print.h"

namespace stepglass {
namespace {

/// What a member must look like.
enum class Shape {
  Any,
  ListsByName,  // {"name": ["value", …], …}
};

struct Rule {
  std::string_view service, action, member;
  bool required;
  Shape shape;
};

constexpr Rule kRules[] = {
    {"apigateway", "invoke", "ApiEndpoint", true, Shape::Any},
    {"apigateway", "invoke", "Method", true, Shape::Any},
    {"apigateway", "invoke", "Headers", false, Shape::ListsByName},
    {"apigateway", "invoke", "QueryParameters", false, Shape::ListsByName},
};

bool has_shape(const Value& value, Shape shape) {
  if (shape == Shape::Any || value.is_null()) return true;
  if (!value.is_object()) return false;
  const auto members = value.members();
  return std::all_of(members.begin(), members.end(), [](const Member& member) { return member.value.is_array(); });
}

}  // namespace

std::optional<std::string> parameter_problem(const Resource& resource, const Value& parameters) {
  std::string problems;
  const auto add = [&](std::string problem) {
    if (!problems.empty()) problems += ", ";
    problems += problem;
  };
  for (const Rule& rule : kRules) {
    if (rule.service != resource.service || rule.action != resource.action) continue;
    const Value* value = parameters.find(rule.member);
    if (!value) {
      if (rule.required) add(fmt::format("The field '{}' is required but was missing", rule.member));
    } else if (!has_shape(*value, rule.shape)) {
      add(fmt::format("The value of the field '{}' has an invalid format", rule.member));
    }
  }
  if (problems.empty()) return std::nullopt;
  return fmt::format("The Parameters '{}' could not be used to start the Task: [{}]", to_json(parameters), problems);
}

}  // namespace stepglass
