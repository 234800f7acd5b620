#pragma once
// Lints the text of a file.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/rules/framework/lint.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// A finding with the lines and columns of its places.
struct PlacedFinding {
  Finding finding;
  Position start;
  Position end;
  /// Of each of finding.related, and of each of finding.fixes.
  std::vector<std::pair<Position, Position>> related;
  std::vector<std::pair<Position, Position>> fixes;
  /// The state machine inside the file; empty when the file is one.
  std::string machine;
  /// Why it is not to be told; only among the suppressed.
  std::string reason;
};

struct LintedFile {
  Document document;
  std::vector<PlacedFinding> findings;
  std::vector<PlacedFinding> suppressed;
};

/// `filename` decides the format.
LintedFile lint_text(std::string text, std::string_view filename, const LintOptions& options);

/// Appends {"code": …, "name": …, "severity": …, "message": …, "range": …, …}; `file` is left out when empty.
void append_finding(std::string& out, const PlacedFinding& finding, std::string_view file = {});

}  // namespace stepglass::analysis
