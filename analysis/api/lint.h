#pragma once
// Lints the text of a file.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/findings.h"
#include "analysis/rules/framework/lint.h"

namespace stepglass::analysis {

/// That a file says of another one: it holds the definition of a state machine.
struct DefinitionReference {
  /// From where the path of the file that says so starts.
  std::string path;
  std::optional<MachineType> type;
};

/// A state machine whose definition stands where it cannot be read, and why.
struct UnreadDefinition {
  Position position;
  std::string machine;
  std::string reason;
};

struct LintedFile {
  CheckedFile checked;
  std::vector<UnreadDefinition> unread = {};
  /// State machines that the file defines or names.
  std::size_t machines = 0;
  std::vector<DefinitionReference> references;
};

/// Lints all definitions in `text`. `filename` decides the format, and is the path that references start from.
/// `is_definition`: where none is found, the text as such is one, although it does not look so. Machines whose type the
/// file does not say have options.type.
LintedFile lint_file(std::string text, std::string filename, const LintOptions& options, bool is_definition);

/// The same for a text that the user hands in as a definition or as what holds some.
CheckedFile lint_text(std::string text, std::string filename, const LintOptions& options);

}  // namespace stepglass::analysis
