#pragma once
// JSON text to a Value, for tests of what does not read documents itself.

#include <nlohmann/json.hpp>

#include "engine/value/value.h"

namespace stepglass {

inline Value to_value(const nlohmann::ordered_json& json) {
  using Type = nlohmann::ordered_json::value_t;
  switch (json.type()) {
    case Type::boolean:
      return Value(json.get<bool>());
    case Type::number_integer:
      return Value(json.get<std::int64_t>());
    case Type::number_unsigned:
      return Value(json.get<std::uint64_t>());
    case Type::number_float:
      return Value(json.get<double>());
    case Type::string:
      return Value(json.get_ref<const std::string&>());
    case Type::array: {
      ArrayBuilder items;
      for (const auto& item : json) items.add(to_value(item));
      return std::move(items).build();
    }
    case Type::object: {
      ObjectBuilder members;
      for (const auto& [key, item] : json.items()) members.set(key, to_value(item));
      return std::move(members).build();
    }
    default:
      return Value();
  }
}

inline Value json_value(std::string_view text) {
  return to_value(nlohmann::ordered_json::parse(text));
}

}  // namespace stepglass
