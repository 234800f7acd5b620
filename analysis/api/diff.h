#pragma once
// Definitions against what they were.

#include <optional>
#include <string>
#include <vector>

#include "analysis/api/definition.h"
#include "analysis/report/diff_report.h"
#include "analysis/sources/found_machine.h"

namespace stepglass::analysis {

/// Why `definition` cannot be compared with another one, since no object could be read from it: "line 1, column 1: …".
/// Nothing where it can.
std::optional<std::string> unreadable(const Document& definition);

/// What became of a machine, and of its cost as it is estimated without assumptions.
ComparedMachine compare_machines(std::string name, const Definition& before, const Definition& after);

/// The same for all machines of two files, by name, and of their types. One that stands alone on both sides is the same
/// whatever its name. Those whose definitions are not at hand, since they are in another file or computed, are told as unread.
ComparedMachines compare_files(std::vector<FoundMachine> before, std::vector<FoundMachine> after);

}  // namespace stepglass::analysis
