#include "analysis/api/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/api/definition.h"
#include "engine/support/limits.h"

namespace stepglass::analysis {
namespace {

bool is_error(const ServiceDiagnostic& diagnostic) {
  return diagnostic.severity == Severity::Error;
}

std::optional<ApiError> check_length(std::string_view definition) {
  if (definition.size() <= kMaxDefinitionBytes) return std::nullopt;
  return ApiError{"ValidationException",
                  fmt::format("1 validation error detected: Value at 'definition' failed to satisfy constraint: Member "
                              "must have length less than or equal to {}",
                              kMaxDefinitionBytes)};
}

}  // namespace

Result<ValidateResponse, ApiError> validate(const ValidateRequest& request) {
  if (auto error = check_length(request.definition_text)) return *std::move(error);
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
  if (auto error = check_length(definition_text)) return error;
  const Definition definition = load_json_definition(std::move(definition_text), type);
  const std::vector<ServiceDiagnostic>& diagnostics = definition.loaded.service_diagnostics;
  if (std::none_of(diagnostics.begin(), diagnostics.end(), is_error)) return std::nullopt;
  return ApiError{"InvalidDefinition", invalid_definition_message(diagnostics),
                  placed(definition.loaded.diagnostics, definition.document)};
}

}  // namespace stepglass::analysis
