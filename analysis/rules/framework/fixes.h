#pragma once
// Changes of the text that mend what loading finds. A fix replaces bytes of the host file, so that one inside a
// template or a string is exact, too; where it cannot be, there is none.

#include <string_view>

#include "analysis/rules/framework/report.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// Adds to `finding`, which stands in `document`, what mends it. `suggestion`: the word that most likely is meant in
/// place of the finding's span; may be empty.
void add_fixes(const Document& document, std::string_view suggestion, Finding& finding);

}  // namespace stepglass::analysis
