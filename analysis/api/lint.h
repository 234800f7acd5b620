#pragma once
// Lints the text of a file.

#include <string>
#include <string_view>

#include "analysis/report/findings.h"
#include "analysis/rules/framework/lint.h"

namespace stepglass::analysis {

/// `filename` decides the format: JSON or YAML.
CheckedFile lint_text(std::string text, std::string filename, const LintOptions& options);

}  // namespace stepglass::analysis
