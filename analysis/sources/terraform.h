#pragma once
// State machines in Terraform: resources aws_sfn_state_machine, and every attribute "definition" that holds one.
// Private to analysis/sources.

#include <string>
#include <string_view>

#include "analysis/sources/find_definitions.h"

namespace stepglass::analysis {

/// Fills `found` with what `text` defines.
void find_in_terraform(std::string text, std::string_view path, FoundInFile& found);

}  // namespace stepglass::analysis
