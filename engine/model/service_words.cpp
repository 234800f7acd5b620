#include "engine/model/service_words.h"

#include <fmt/format.h>

namespace stepglass::loading::service {

std::string required(std::initializer_list<std::string_view> fields) {
  std::string text = "These fields are required: [";
  for (const std::string_view field : fields) {
    if (text.back() != '[') text += ", ";
    text += field;
  }
  return text + "]";
}

std::string required_but_missing(std::string_view field) {
  return fmt::format("The field '{}' is required but was missing", field);
}

std::string unknown_resource(std::string_view arn) {
  return fmt::format(
      "The resource provided {} is not recognized. The value is not a valid resource ARN, or the resource is not "
      "available in this region.",
      arn);
}

std::string bad_dynamic_member(std::string_view field) {
  return fmt::format("The value for the field '{}' must be a valid JSONPath or a valid intrinsic function call", field);
}

std::string not_supported(std::string_view field) {
  return fmt::format("Field '{}' is not supported", field);
}

std::string other_language(std::string_view language, std::string_view field, std::string_view supported_by) {
  return fmt::format("The QueryLanguage is set to '{}', but field '{}' is only supported for the '{}' QueryLanguage",
                     language, field, supported_by);
}

std::string unreachable(std::string_view state) {
  return fmt::format("State \"{}\" is not reachable.", state);
}
std::string missing_target(std::string_view target) {
  return fmt::format("Missing 'Next' target: {}", target);
}
std::string minimum(std::string_view number) {
  return fmt::format("Minimum value is {}", number);
}
std::string maximum(std::string_view number) {
  return fmt::format("Maximum value is {}", number);
}

std::string one_of(std::string_view values) {
  return fmt::format("Value should be one of the following: [{}]", values);
}

std::string too_many_of(std::string_view fields) {
  return fmt::format("There should only be one of the following fields: [{}]", fields);
}

std::string none_of(std::string_view fields) {
  return fmt::format("This object should have only one of the following fields: [{}]", fields);
}

std::string expected_type(std::string_view type) {
  return fmt::format("Expected value of type {}", type);
}

std::string duplicate_state(std::string_view name) {
  return fmt::format("Duplicate State name: {}", name);
}
std::string duplicate_label(std::string_view name) {
  return fmt::format("Duplicate Label name: {}", name);
}

std::string long_state_name(std::string_view name) {
  return fmt::format("Invalid State name: '{}' exceeds the 80-character limit allowed by the service", name);
}

std::string long_label(std::string_view name) {
  return fmt::format("Invalid Label name: '{}' exceeds the 40-character limit allowed by the service", name);
}

std::string invalid_variable(std::string_view name) {
  return fmt::format("Invalid variable name '{}': the variable name contains invalid characters.", name);
}

std::string parameters_required(std::string_view field, std::string_view arn) {
  return fmt::format("{} field is required for resource ARN: {}", field, arn);
}

std::string empty_state_name() {
  return "Invalid State name: the name cannot be empty";
}

std::string invalid_state_name(std::string_view name) {
  return fmt::format("Invalid State name: '{}' contains invalid characters", name);
}

std::string invalid_label(std::string_view name) {
  return fmt::format("Invalid Label name: '{}' contains invalid characters", name);
}

std::string conflicting_member(std::string_view key) {
  return fmt::format("There should only be one of the following fields: [{}, {}.$]", key, key);
}

std::string conflicting_map_fields() {
  return too_many_of("ItemSelector, Parameters");
}

std::string no_dollar(std::string_view field) {
  return fmt::format(
      "The value for the field '{}' appears to be a JSONPath or an intrinsic function call, but the field name does "
      "not "
      "end with '.$'",
      field);
}

std::string no_path(std::string_view field) {
  return fmt::format("The value for the field '{}' looks like a path, but the field name does not end with 'Path'",
                     field);
}

}  // namespace stepglass::loading::service
