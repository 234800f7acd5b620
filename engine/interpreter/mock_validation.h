#pragma once
// Whether a mocked result can be what the API behind a Task answers: the check that TestState makes before it takes a
// mock. It knows the API models of the common actions and lets everything else pass; it never looks into what is the
// user's own (a Lambda payload, an HTTP body, the output of a callback).

#include <cstdint>
#include <optional>
#include <string>

#include "engine/model/resource.h"
#include "engine/value/value.h"

namespace stepglass {

/// How much of a mocked result is checked. Source: API, MockInput.fieldValidationMode.
enum class FieldValidation : std::uint8_t {
  Strict,   // required fields must be there, fields that are there must fit
  Present,  // fields that are there must fit
  None,
};

/// What is wrong with `result` as the answer of `resource`, in the service's words ("Field 'Entries' must be an
/// array"); nothing when it fits or when the action is not known here. The result of a .sync task is compared with the
/// API that the service polls; fields that the API does not have are ignored. Source: recorded; developer guide,
/// "Mock validation modes".
std::optional<std::string> mock_result_problem(const Resource& resource, const Value& result, FieldValidation mode);

}  // namespace stepglass
