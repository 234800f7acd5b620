#pragma once
// A definition made ready to run.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "engine/model/state_machine.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

/// A loaded definition with the document that its places refer to.
struct Definition {
  Document document;
  LoadedMachine loaded;
};

/// True for text whose top has "States" as YAML has it.
bool is_yaml_definition(std::string_view text);

/// Reads and loads `text`, JSON or, where a line begins with "States:", YAML; what is wrong stands in
/// `loaded.diagnostics`.
Definition load_definition(std::string text, MachineType type);

/// The same for JSON alone, which is all that the service takes, and up to kMaxDefinitionBytes of it.
Definition load_json_definition(std::string text, MachineType type);

/// Nothing when `definition` can run, else InvalidDefinition with its diagnostics.
Result<void, ApiError> check_runnable(const Definition& definition);

/// The names of all states, those of inner scopes included, as written.
std::vector<std::string_view> state_names(const Scope& scope);

/// "STANDARD", "EXPRESS"
std::optional<MachineType> parse_machine_type(std::string_view name);

}  // namespace stepglass::analysis
