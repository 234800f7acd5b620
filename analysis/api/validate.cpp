#include "analysis/api/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/api/definition.h"

namespace stepglass::analysis {
namespace {

bool is_error(const ServiceDiagnostic& diagnostic) {
  return diagnostic.severity == Severity::Error;
}

}  // namespace

ValidateResponse validate(const ValidateRequest& request) {
  const Document document = read_json(request.definition_text);
  LoadedMachine loaded = load_state_machine(document, request.type);
  const std::size_t most = static_cast<std::size_t>(
      request.max_results <= 0 ? kMaxDiagnostics : std::min(request.max_results, kMaxDiagnostics));

  ValidateResponse response;
  for (ServiceDiagnostic& diagnostic : loaded.service_diagnostics) {
    if (is_error(diagnostic)) response.ok = false;
    if (request.least == Severity::Error && !is_error(diagnostic)) continue;
    if (response.diagnostics.size() == most) {
      response.truncated = true;
      continue;
    }
    response.diagnostics.push_back(std::move(diagnostic));
  }
  return response;
}

std::string invalid_definition_message(const std::vector<ServiceDiagnostic>& diagnostics) {
  std::string text = "Invalid State Machine Definition: '";
  std::size_t count = 0;
  for (const ServiceDiagnostic& diagnostic : diagnostics) {
    if (!is_error(diagnostic)) continue;
    if (count == kMaxDiagnostics) break;
    if (count++ > 0) text += ", ";
    text += fmt::format("{}: {} at {}", diagnostic.code, diagnostic.message, diagnostic.location.value_or("null"));
  }
  return text + "'";
}

std::optional<ApiError> create(std::string definition_text, MachineType type) {
  const Definition definition = load_definition(std::move(definition_text), type);
  const std::vector<ServiceDiagnostic>& diagnostics = definition.loaded.service_diagnostics;
  if (std::none_of(diagnostics.begin(), diagnostics.end(), is_error)) return std::nullopt;
  return ApiError{"InvalidDefinition", invalid_definition_message(diagnostics),
                  placed(definition.loaded.diagnostics, definition.document)};
}

}  // namespace stepglass::analysis
