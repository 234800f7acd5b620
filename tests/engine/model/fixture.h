#pragma once
// What loading says of a text, as lines that tests can compare.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace stepglass {

/// "2:30 error wait-missing-duration, 3:1 warning …": line, column, severity, name; empty when nothing is found.
inline std::string listed(const Document& document, const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    const Position position = document.position(d.span.begin);
    const std::string_view severity = d.severity == Severity::Error     ? "error"
                                      : d.severity == Severity::Warning ? "warning"
                                                                        : "info";
    if (!text.empty()) text += ", ";
    text += fmt::format("{}:{} {} {}", position.line, position.column, severity, d.name);
  }
  return text;
}

inline std::string findings(std::string_view definition, MachineType type = MachineType::Standard) {
  const Document document = read_json(std::string(definition));
  return listed(document, load_state_machine(document, type).diagnostics);
}

/// "MISSING_END_STATE: Workflow has no terminal state at null": one line each.
inline std::string listed(const std::vector<ServiceDiagnostic>& diagnostics) {
  std::string text;
  for (const ServiceDiagnostic& d : diagnostics) {
    if (!text.empty()) text += '\n';
    if (d.severity == Severity::Warning) text += "warning ";
    text += fmt::format("{}: {} at {}", d.code, d.message, d.location.value_or("null"));
  }
  return text;
}

inline std::string service_findings(std::string_view definition, MachineType type = MachineType::Standard) {
  const Document document = read_json(std::string(definition));
  return listed(load_state_machine(document, type).service_diagnostics);
}

/// A machine in which the state A, in line 2, can be reached, and a state B.
inline std::string in_state(std::string_view a) {
  return fmt::format(
      R"({{"StartAt":"S","States":{{"S":{{"Type":"Choice","Choices":[{{"Variable":"$.x","IsPresent":true,"Next":"A"}}],)"
      "\"Default\":\"B\"}},\n\"A\":{},\n\"B\":{{\"Type\":\"Succeed\"}}}}}}",
      a);
}
/// The same in a JSONata machine.
inline std::string in_jsonata_state(std::string_view a) {
  return fmt::format(
      R"({{"StartAt":"S","QueryLanguage":"JSONata","States":{{"S":{{"Type":"Choice","Choices":[{{"Condition":true,)"
      "\"Next\":\"A\"}}],\"Default\":\"B\"}},\n\"A\":{},\n\"B\":{{\"Type\":\"Succeed\"}}}}}}",
      a);
}

}  // namespace stepglass
