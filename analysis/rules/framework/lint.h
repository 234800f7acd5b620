#pragma once
// Lints one definition: what reading and loading found, and what the rules find, selected, graded and sorted.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/rules/framework/report.h"
#include "engine/document/document.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {

struct LintOptions {
  MachineType type = MachineType::Standard;
  /// Names, codes or beginnings of codes ("ASL4"); "all" is every rule. Empty: all that are no infos.
  std::vector<std::string> select = {};
  std::vector<std::string> ignore = {};
  /// Other severities, by name or code; the last one counts.
  std::vector<std::pair<std::string, Severity>> severities = {};
  /// Ignore the directives in Comments.
  bool no_inline = false;
};

/// A finding that a Comment asks to keep quiet about.
struct Suppressed {
  Finding finding;
  std::string reason;
};

struct LintResult {
  /// By place, then code.
  std::vector<Finding> findings;
  std::vector<Suppressed> suppressed;
};

/// The word of `words` that names no rule, if there is one.
std::optional<std::string_view> unknown_selector(const std::vector<std::string>& words);

/// Whether one of `selectors` covers the rule with this code and name.
bool covers_any(const std::vector<std::string>& selectors, std::string_view code, std::string_view name);

/// The errors among `diagnostics`, of a text that holds definitions, as far as the options want them.
std::vector<Finding> findings_around(const Diagnostics& diagnostics, const LintOptions& options);

/// `diagnostics`, each the work of a rule, as far as the options want them.
std::vector<Finding> findings_of(const Diagnostics& diagnostics, const LintOptions& options);

/// Whether the rule with that code is looked for.
bool is_on(std::string_view code, const LintOptions& options);

/// `document` holds one definition.
LintResult lint(const Document& document, const LintOptions& options);

}  // namespace stepglass::analysis
