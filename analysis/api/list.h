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
  /// The definition as JSON, or as it stands in a file of its own. Only when asked for, and known.
  std::string definition;
};

/// The text of a machine's definition, which is known: as it stands in a file of its own; what stands in another file or
/// in a string is written as JSON.
std::string definition_text(const FoundMachine& machine);

/// `machine`, found in `file`.
ListedMachine listed(const FoundMachine& machine, std::string file);

/// What find_definitions() finds, without a look at names: `filename` tells the format only. With `definitions` each
/// has the text of its definition.
std::vector<ListedMachine> list(std::string text, const std::string& filename, bool definitions = false);

/// Appends {"file": …, "name": …, "form": …, "type": …, "line": …, "column": …, "states": …, "bytes": …} as JSON; type,
/// definition_file, reason and definition only where there are some, states and bytes only where the definition is known.
void append_listed(std::string& out, const ListedMachine& machine);

}  // namespace stepglass::analysis
