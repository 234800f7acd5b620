#pragma once
// What git knows of the files. It is asked, never told.

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cli/console.h"
#include "engine/support/result.h"

namespace stepglass::cli {

/// Absolute paths of the files below the top of the checkout around the current folder that differ from the commit
/// `ref`, or are new and not ignored. Fails where there is no git, no checkout or no such commit.
Result<std::set<std::string>, WrongUse> files_changed_since(const std::string& ref);

struct FileAtCommit {
  /// From the current folder, as git writes it.
  std::string path;
  std::string text;
};

/// The files among `paths` (files and folders, from the current folder) as the commit `ref` has them, as far as `keep`
/// takes their paths; links are left out. Fails where there is no git, no checkout or no such commit.
Result<std::vector<FileAtCommit>, WrongUse> files_at(const std::string& ref, const std::vector<std::string>& paths,
                                                     const std::function<bool(std::string_view path)>& keep);

}  // namespace stepglass::cli
