#pragma once
// Replies as JSON text: written by hand into a string, since they are mostly history.

#include <cstddef>
#include <string>
#include <string_view>

#include "analysis/api/api_error.h"
#include "analysis/api/run.h"
#include "analysis/api/validate.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// Bytes of a reply. A history above that is refused: 25,000 events can show 256 KiB each. The module in a browser has
/// 256 MiB in all, and answers as the program does.
inline constexpr std::size_t kMaxReplyBytes = 64u << 20;

/// Appends {"code": …, "message": …, "diagnostics": […]}; the last only where there are any.
void append_error(std::string& out, const ApiError& error);
/// Appends [{"name": …, "severity": …, "message": …, "range": …}, …].
void append_diagnostics(std::string& out, const std::vector<PlacedDiagnostic>& diagnostics);

/// Appends the result of a run. Gives false when `out` would grow above kMaxReplyBytes.
bool append_run_result(std::string& out, const RunReply& reply, const StateMachine& machine, const RunRequest& request);

/// Appends the answer of ValidateStateMachineDefinition.
void append_validation(std::string& out, const ValidateResponse& response);

/// Appends `value` as JSON. Gives false when `out` would grow above kMaxReplyBytes.
bool append_bounded(std::string& out, const Value& value);

}  // namespace stepglass::analysis
