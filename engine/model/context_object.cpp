#include "engine/model/context_object.h"

#include <algorithm>
#include <iterator>

namespace stepglass {
namespace {

constexpr std::string_view kRoot[] = {"Execution", "Map", "State", "StateMachine", "Task"};
constexpr std::string_view kExecution[] = {"Id", "Input", "Name", "RedriveCount", "RedriveTime", "RoleArn", "StartTime"};
constexpr std::string_view kItem[] = {"Index", "Key", "Source", "Value"};
constexpr std::string_view kMap[] = {"Item"};
constexpr std::string_view kMachine[] = {"Id", "Name"};
constexpr std::string_view kState[] = {"EnteredTime", "Name", "RetryCount"};
constexpr std::string_view kTask[] = {"Token"};

/// Objects whose members are known, by the way to them.
struct Object {
  std::string_view first, second;
  std::span<const std::string_view> members;
};
constexpr Object kObjects[] = {
    {"", "", kRoot},     {"Execution", "", kExecution}, {"Map", "", kMap},   {"Map", "Item", kItem},
    {"State", "", kState}, {"StateMachine", "", kMachine},   {"Task", "", kTask},
};

}  // namespace

std::optional<UnknownContextField> unknown_context_field(std::span<const std::string_view> names) {
  for (std::size_t i = 0; i < names.size() && i < 3; ++i) {
    const std::string_view first = i > 0 ? names[0] : std::string_view(), second = i > 1 ? names[1] : std::string_view();
    const auto object = std::find_if(std::begin(kObjects), std::end(kObjects),
                                     [&](const Object& o) { return o.first == first && o.second == second; });
    if (object == std::end(kObjects)) return std::nullopt;
    const auto& members = object->members;
    if (std::find(members.begin(), members.end(), names[i]) == members.end()) return UnknownContextField{i, members};
  }
  return std::nullopt;
}

std::vector<std::string> context_ways() {
  std::vector<std::string> ways;
  for (const Object& object : kObjects) {
    if (object.first.empty()) continue;
    std::string before(object.first);
    if (!object.second.empty()) before.append(".").append(object.second);
    for (const std::string_view member : object.members) {
      const bool is_object = std::any_of(std::begin(kObjects), std::end(kObjects), [&](const Object& o) {
        return object.second.empty() && o.first == object.first && o.second == member;
      });
      if (!is_object) ways.push_back(before + "." + std::string(member));
    }
  }
  return ways;
}

}  // namespace stepglass
