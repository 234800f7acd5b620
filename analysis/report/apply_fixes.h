#pragma once
// Carries out the fixes of findings.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/findings.h"

namespace stepglass::analysis {

struct FixedText {
  std::string text;
  /// Fixes that were carried out. Of those that touch the same bytes only the first one is: ask again.
  std::size_t fixes = 0;
};

/// `file`'s text with the first fix of each of its findings; `unsafe`: also of those that have to be looked at.
FixedText apply_fixes(const CheckedFile& file, bool unsafe);

/// What turns `before` into `after`, as a unified diff of the file `name`; empty when they are the same.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace stepglass::analysis
