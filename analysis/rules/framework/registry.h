#pragma once
// All rules, as the folder analysis/rules has them.

#include <optional>
#include <span>
#include <string_view>

#include "analysis/rules/rule.h"

namespace stepglass::analysis {

/// In the order of their names.
std::span<const Rule* const> all_rules();

/// The rule of that name or code; null when there is none.
const Rule* find_rule(std::string_view name_or_code);

/// "error", "warning", "info"
std::string_view severity_name(Severity severity);
std::optional<Severity> parse_severity(std::string_view word);

}  // namespace stepglass::analysis
