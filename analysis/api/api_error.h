#pragma once
// Why a call gives no result: what stands in the `error` member of a reply.

#include <string>
#include <vector>

#include "engine/document/document.h"

namespace stepglass::analysis {

/// A diagnostic with the lines and columns of its span.
struct PlacedDiagnostic {
  Diagnostic diagnostic;
  Position start;
  Position end;
};

struct ApiError {
  /// "BadRequest", "InvalidDefinition", "MissingMock", … or the name of the service's exception.
  std::string code;
  std::string message;
  std::vector<PlacedDiagnostic> diagnostics = {};
  /// What to do about it; may be empty.
  std::string help = {};
  /// Of MissingMock: the state, and a result in the shape of its integration as JSON.
  std::string mock_state = {};
  std::string mock_sample = {};
};

std::vector<PlacedDiagnostic> placed(const Diagnostics& diagnostics, const Document& document);

}  // namespace stepglass::analysis
