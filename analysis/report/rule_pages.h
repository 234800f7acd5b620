#pragma once
// The documentation of rules.

#include <string>
#include <vector>

#include "analysis/report/columns.h"
#include "analysis/rules/rule.h"

namespace stepglass::analysis {

/// All about one rule, for a terminal.
std::string explain_rule(const Rule& rule, const Style& style);

/// One line for each rule: code, severity, name, summary.
std::string list_rules(const Style& style);

/// What analysis/rules/RULES.md holds.
std::string rules_markdown();

/// All rules, in the order of their codes.
std::vector<const Rule*> rules_by_code();

/// Appends {"code", "name", "severity", "summary", "why", "bad", "good", "source", "aws_code"}.
void append_rule(std::string& out, const Rule& rule);

/// A list of what append_rule() appends, a line each.
std::string rules_json();

}  // namespace stepglass::analysis
