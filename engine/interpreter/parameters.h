#pragma once
// What the service checks of a task's parameters before it calls anything, when their values are known only at run
// time. What can be told from the definition alone is refused when it is loaded.

#include <optional>
#include <string>

#include "engine/model/resource.h"
#include "engine/value/value.h"

namespace stepglass {

/// The sentence of States.Runtime without its prefix, "The Parameters '…' could not be used to start the Task: […]";
/// nothing when the integration takes `parameters`. Source: recorded for apigateway:invoke.
std::optional<std::string> parameter_problem(const Resource& resource, const Value& parameters);

}  // namespace stepglass
