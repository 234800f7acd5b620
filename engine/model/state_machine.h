#pragma once
// A state machine, and how it is loaded from a document. Loading collects all structural problems in one pass; what
// could be understood is there even when something is wrong.
//
//   const Document document = read_json(text);
//   LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
//   if (loaded.machine && !has_errors(loaded.diagnostics)) run(*loaded.machine, …);

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/model/state.h"

namespace stepglass {

enum class MachineType : std::uint8_t { Standard, Express };
/// "STANDARD", "EXPRESS"
constexpr std::string_view machine_type_name(MachineType type) {
  return type == MachineType::Express ? "EXPRESS" : "STANDARD";
}

struct StateMachine {
  Scope scope;
  MachineType type = MachineType::Standard;
  QueryLanguage language = QueryLanguage::JSONPath;
  std::optional<std::string> comment;
  std::optional<std::string> version;
  /// TimeoutSeconds of the whole execution.
  std::optional<std::int64_t> timeout_seconds;
};

/// What the service's ValidateStateMachineDefinition says of a problem.
struct ServiceDiagnostic {
  Severity severity = Severity::Error;
  std::string code;  // "SCHEMA_VALIDATION_FAILED", …
  std::string message;
  std::optional<std::string> location;  // "/States/Pay/Next"; absent: the service gives none
};

struct LoadedMachine {
  /// Null only when there is nothing to load, e.g. when the document is no object. Execute it only without errors.
  std::unique_ptr<StateMachine> machine;
  /// Problems of the text and of the structure, by place.
  Diagnostics diagnostics;
  /// The same problems in the service's words, in its order; only those that it reports.
  std::vector<ServiceDiagnostic> service_diagnostics;
};

LoadedMachine load_state_machine(const Document& document, MachineType type);

/// Loads one state alone, as TestState does: `document` is a state object, which becomes the state "StateName" of a
/// machine of its own; its transitions may name states that do not exist.
LoadedMachine load_single_state(const Document& document, MachineType type);

bool has_errors(const Diagnostics& diagnostics);

/// The state `name` anywhere in `scope`, nested scopes included; null when there is none.
const State* find_state(const Scope& scope, std::string_view name);

}  // namespace stepglass
