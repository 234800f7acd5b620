#pragma once
// What git knows of the files. It is asked, never told.

#include <set>
#include <string>

#include "analysis/cli/console.h"
#include "engine/support/result.h"

namespace stepglass::cli {

/// Absolute paths of the files below the top of the checkout around the current folder that differ from the commit
/// `ref`, or are new and not ignored. Fails where there is no git, no checkout or no such commit.
Result<std::set<std::string>, WrongUse> files_changed_since(const std::string& ref);

}  // namespace stepglass::cli
