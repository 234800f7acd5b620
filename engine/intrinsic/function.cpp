#include "engine/intrinsic/function.h"

#include <algorithm>
#include <vector>

#include "engine/support/sort.h"

namespace stepglass::intrinsic {

bool is_of(const Value& value, Type type) {
  switch (type) {
    case Type::Any:
      return true;
    case Type::Boolean:
      return value.is_boolean();
    case Type::Number:
      return value.is_number();
    case Type::String:
      return value.is_string();
    case Type::Array:
      return value.is_array();
    case Type::Object:
      return value.is_object();
  }
  return true;
}

std::span<const Function> functions() {
  static const std::vector<Function> all = [] {
    std::vector<Function> list;
    for (const auto family :
         {array_functions(), encoding_functions(), json_functions(), math_functions(), text_functions()}) {
      list.insert(list.end(), family.begin(), family.end());
    }
    sort_stable(list, [](const Function& a, const Function& b) { return a.name < b.name; });
    return list;
  }();
  return all;
}

const Function* find_function(std::string_view name) {
  const auto all = functions();
  const auto found = std::lower_bound(all.begin(), all.end(), name,
                                      [](const Function& row, std::string_view wanted) { return row.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

bool has_right_arity(const Invocation& call) {
  return call.arguments.size() >= call.function->min_args && call.arguments.size() <= call.function->max_args;
}

}  // namespace stepglass::intrinsic
