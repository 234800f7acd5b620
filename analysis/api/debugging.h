#pragma once
// The members of a "run" request with which a debugger steps: "until" and "changes".

#include <vector>

#include "analysis/api/fields.h"
#include "engine/interpreter/debugging.h"

namespace stepglass::analysis {

/// Reads {"event": 5, "after": 3, "states": ["Pay"], "choice": true, "error": true, "stopped": true}, all optional.
void read_until(Fields& fields, PauseAt& pause);

/// Reads [{"event": 7, "data": …, "variables": {…}}, …].
void read_changes(Fields& fields, std::vector<Change>& changes);

}  // namespace stepglass::analysis
