#pragma once
// Conditions of a Choice as people write them.

#include <string>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// "$.x > 5", "$.kind matches a*", "not ($.a is present)", or what stands between {% and %}; one line, without control
/// characters.
std::string condition_text(const Condition& condition);

}  // namespace stepglass::analysis
