#include "analysis/rules/framework/registry.h"

#include <algorithm>

namespace stepglass::analysis {

const Rule* find_rule(std::string_view name_or_code) {
  const auto rules = all_rules();
  const auto at = std::lower_bound(rules.begin(), rules.end(), name_or_code,
                                   [](const Rule* rule, std::string_view name) { return rule->name < name; });
  if (at != rules.end() && (*at)->name == name_or_code) return *at;
  for (const Rule* rule : rules) {
    if (rule->code == name_or_code) return rule;
  }
  return nullptr;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      return "info";
  }
  return "error";
}

std::optional<Severity> parse_severity(std::string_view word) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "info") return Severity::Info;
  return std::nullopt;
}

}  // namespace stepglass::analysis
