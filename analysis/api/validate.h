#pragma once
// What the service answers when it is asked to check or create a state machine, without an execution: the calls
// ValidateStateMachineDefinition and CreateStateMachine. For our own diagnostics, which say more, see definition.h.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

struct ValidateRequest {
  std::string definition_text;
  MachineType type = MachineType::Standard;
  /// The least severity that is returned: Error, or Warning for both.
  Severity least = Severity::Error;
  /// 1 to kMaxDiagnostics; 0 stands for that number, as the service has it.
  int max_results = 100;
};

/// Source: API, ValidateStateMachineDefinition, "maxResults".
inline constexpr int kMaxDiagnostics = 100;

struct ValidateResponse {
  /// False when there is an error: the service answers FAIL then, also when a limit or `least` hides it.
  bool ok = true;
  std::vector<ServiceDiagnostic> diagnostics;
  /// There are more than max_results.
  bool truncated = false;
};

/// Fails with ValidationException when the text is longer than kMaxDefinitionBytes.
Result<ValidateResponse, ApiError> validate(const ValidateRequest& request);

/// Nothing when the service creates the state machine; else the exception InvalidDefinition with its message, e.g.
/// Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'
/// and our own diagnostics of the same text; or ValidationException as above.
std::optional<ApiError> create(std::string definition_text, MachineType type);

/// The message for a definition with these errors; several are joined by commas.
std::string invalid_definition_message(const std::vector<ServiceDiagnostic>& diagnostics);

}  // namespace stepglass::analysis
