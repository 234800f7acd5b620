#pragma once
// The state machines of a text, in short.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/sources/found_machine.h"

namespace stepglass::analysis {

struct ListedMachine {
  /// The file that says that there is a machine.
  std::string file;
  std::string name;
  Form form = Form::File;
  std::optional<MachineType> type;
  Position position;
  /// Of the definition; both 0 where it is unknown. Bytes as they stand in the file, escapes and all.
  std::size_t states = 0;
  std::size_t bytes = 0;
  /// The file with the definition, where that is another one.
  std::string definition_file;
  /// Why the definition is unknown; mostly empty.
  std::string reason;
};

/// `machine`, found in `file`.
ListedMachine listed(const FoundMachine& machine, std::string file);

/// What find_definitions() finds, without a look at names: `filename` tells the format only.
std::vector<ListedMachine> list(std::string text, const std::string& filename);

/// Appends {"file": …, "name": …, "form": …, "type": …, "line": …, "column": …, "states": …, "bytes": …} as JSON; type,
/// definition_file and reason only where there are some, states and bytes only where the definition is known.
void append_listed(std::string& out, const ListedMachine& machine);

}  // namespace stepglass::analysis
