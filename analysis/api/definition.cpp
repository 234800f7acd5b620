#include "analysis/api/definition.h"

#include <fmt/format.h>

#include "engine/support/limits.h"

namespace stepglass::analysis {
namespace {

void add_names(const Scope& scope, std::vector<std::string_view>& names) {
  for (const State& state : scope.states) {
    names.push_back(state.name);
    if (const auto* parallel = std::get_if<Parallel>(&state.kind)) {
      for (const Scope& branch : parallel->branches) add_names(branch, names);
    } else if (const auto* map = std::get_if<Map>(&state.kind)) {
      add_names(map->processor, names);
    }
  }
}

}  // namespace

std::vector<PlacedDiagnostic> placed(const Diagnostics& diagnostics, const Document& document) {
  std::vector<PlacedDiagnostic> result;
  result.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) {
    result.push_back({diagnostic, document.position(diagnostic.span.begin), document.position(diagnostic.span.end)});
  }
  return result;
}

bool is_yaml_definition(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] == '{' || text[first] == '[') return false;
  return text.starts_with("States:") || text.find("\nStates:") != std::string_view::npos;
}

Definition load_definition(std::string text, MachineType type) {
  if (!is_yaml_definition(text)) return load_json_definition(std::move(text), type);
  Document document = read_yaml(std::move(text));
  LoadedMachine loaded = load_state_machine(document, type);
  return {std::move(document), std::move(loaded)};
}

Definition load_json_definition(std::string text, MachineType type) {
  const std::size_t size = text.size();
  Document document = read_json(std::move(text));
  LoadedMachine loaded = load_state_machine(document, type);
  if (size > kMaxDefinitionBytes) {
    Diagnostic diagnostic;
    diagnostic.name = "definition-too-large";
    diagnostic.message =
        fmt::format("the definition has {} bytes; the service takes at most {}", size, kMaxDefinitionBytes);
    diagnostic.help = "split it: start another state machine with states:startExecution";
    loaded.diagnostics.insert(loaded.diagnostics.begin(), std::move(diagnostic));
  }
  return {std::move(document), std::move(loaded)};
}

Result<void, ApiError> check_runnable(const Definition& definition) {
  const Diagnostics& diagnostics = definition.loaded.diagnostics;
  if (definition.loaded.machine && !has_errors(diagnostics)) return {};
  ApiError error{"InvalidDefinition", "the definition cannot be loaded", placed(diagnostics, definition.document)};
  std::size_t errors = 0;
  const Diagnostic* first = nullptr;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::Error) continue;
    if (!first) first = &diagnostic;
    ++errors;
  }
  if (first) {
    error.message = errors == 1 ? first->message : fmt::format("{} (and {} more)", first->message, errors - 1);
  }
  return error;
}

std::vector<std::string_view> state_names(const Scope& scope) {
  std::vector<std::string_view> names;
  add_names(scope, names);
  return names;
}

std::optional<MachineType> parse_machine_type(std::string_view name) {
  if (name == "STANDARD") return MachineType::Standard;
  if (name == "EXPRESS") return MachineType::Express;
  return std::nullopt;
}

}  // namespace stepglass::analysis
