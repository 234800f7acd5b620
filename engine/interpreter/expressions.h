#pragma once
// Evaluates the JSONata values of a state: what $states holds, which variables there are, and how the service reports
// that an expression failed.

#include <string_view>

#include "engine/interpreter/data_flow.h"
#include "engine/model/jsonata_field.h"
#include "engine/support/failure.h"
#include "engine/support/result.h"

namespace stepglass {

/// What $states holds besides input and context; null pointers where a field has none.
struct StatesValues {
  const Value* result = nullptr;
  const Value* error_output = nullptr;
};

/// The value of `field`. Fails with States.QueryEvaluationError, and with the place where it failed, when an expression
/// fails, gives nothing, or gives what is no JSON. Source: errors.md §3.
Result<Value, Failure> evaluate_field(const Visit& visit, const JsonataField& field, const StatesValues& states = {});

/// A failure of a JSONata state: `detail` behind the service's prefix; `location` may be empty.
Failure query_failure(const Visit& visit, std::string_view location, std::string_view detail);

/// The failure of a field whose value is not of the type `expected`, such as "array".
Failure unexpected_type(const Visit& visit, const JsonataField& field, std::string_view name, std::string_view expected,
                        const Value& value);

}  // namespace stepglass
