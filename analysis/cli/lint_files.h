#pragma once
// Lints files and folders, in parallel.

#include <string>
#include <vector>

#include "analysis/api/lint.h"
#include "analysis/sources/files/source_tree.h"

namespace stepglass::cli {

/// The same with the file.
struct UnreadInFile {
  std::string file;
  analysis::UnreadDefinition definition;
};

struct LintedFiles {
  /// Files that define or name state machines, and those that the user names; by path.
  analysis::CheckedFiles checked;
  std::vector<analysis::SkippedPath> skipped;
  std::vector<UnreadInFile> unread;
};

/// `jobs`: threads; 0 is one for each core. The result does not depend on them.
/// `progress`: whether a terminal is told how far it is when it takes long.
LintedFiles lint_files(const std::vector<std::string>& paths, const analysis::LintOptions& options, unsigned jobs,
                       bool progress = true);

}  // namespace stepglass::cli
