#pragma once
// The documentation of rules.

#include <string>

#include "analysis/report/columns.h"
#include "analysis/rules/rule.h"

namespace stepglass::analysis {

/// All about one rule, for a terminal.
std::string explain_rule(const Rule& rule, const Style& style);

/// One line for each rule: code, severity, name, summary.
std::string list_rules(const Style& style);

/// What analysis/rules/RULES.md holds.
std::string rules_markdown();

/// [{"code": …, "name": …, …}, …]
std::string rules_json();

}  // namespace stepglass::analysis
