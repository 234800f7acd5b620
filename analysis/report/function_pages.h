#pragma once
// The documentation of the functions of both expression languages, out of their tables: the examples there are tests.

#include <string>
#include <string_view>

#include "analysis/report/columns.h"

namespace stepglass::analysis {

/// What engine/FUNCTIONS.md holds.
std::string functions_markdown();

/// The functions whose names have `part` in them, without regard to case: name, signature, example and what it gives.
/// Empty when there is none.
std::string list_functions(std::string_view part, const Style& style);

}  // namespace stepglass::analysis
