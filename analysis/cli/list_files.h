#pragma once
// The state machines of files and folders. Files are read and looked through in parallel; the rows come in the order of
// paths and places whatever the number of threads.

#include <string>
#include <vector>

#include "analysis/api/list.h"
#include "analysis/sources/files/source_tree.h"

namespace stepglass::cli {

struct ListOptions {
  /// Empty: the current folder.
  std::vector<std::string> paths;
  /// Also what .gitignore files leave out.
  bool no_ignore = false;
  /// Rows have the texts of their definitions.
  bool definitions = false;
  /// Threads; 0 is one for each core.
  unsigned jobs = 0;
};

struct Listing {
  std::vector<analysis::ListedMachine> machines;
  std::vector<analysis::SkippedPath> skipped;
};

Listing list_files(const ListOptions& options);

}  // namespace stepglass::cli
