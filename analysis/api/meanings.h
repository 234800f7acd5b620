#pragma once
// What the words of the language mean, in a sentence or two: for editors that tell it where the pointer rests. Source:
// the language's specification and the developer guide, as far as recordings do not say otherwise.

#include <string>
#include <string_view>

#include "engine/model/vocabulary.h"

namespace stepglass::analysis {

/// Of a field of such an object; empty where it has none of this name.
std::string field_meaning(ObjectKind kind, std::string_view field);

/// Of "Task", "Map", …; empty for other words.
std::string_view state_type_meaning(std::string_view type);

/// Of "States.Timeout", …; empty for names of one's own.
std::string_view error_meaning(std::string_view name);

/// Of "$states.input" and what else starts with it; empty where nothing is there.
std::string_view states_variable_meaning(std::string_view name);

}  // namespace stepglass::analysis
