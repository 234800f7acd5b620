#pragma once
// The parameters of the optimized integrations that are called most, as far as the developer guide lists them.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/model/resource.h"

namespace stepglass::analysis {

struct IntegrationParameters {
  std::string_view service;
  std::string_view action;
  std::span<const std::string_view> required;
  /// Besides the required ones; empty: not known, anything may be there.
  std::span<const std::string_view> optional;
  /// At least one of these.
  std::span<const std::string_view> one_of = {};
};

/// Null when there is no table for it.
const IntegrationParameters* parameters_of(const Resource& resource);

/// Of the reader or the writer of a Map, by its Resource. Null when there is no table for it.
const IntegrationParameters* parameters_of_map(std::string_view resource);

/// What a parameter takes.
enum class ParameterType : std::uint8_t {
  Text,
  Json,  // a text, or JSON that becomes one
  Integer,
  Boolean,
  Array,
  Object,
  Attributes,  // an object of attributes of DynamoDB: {"id": {"S": "x"}}
};

/// Nothing when it is not known.
std::optional<ParameterType> parameter_type(const Resource& resource, std::string_view name);

}  // namespace stepglass::analysis
