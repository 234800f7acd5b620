// stepglass graph: the flow of a definition as a picture, and for other programs.

#include <fmt/format.h>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/lint_options.h"
#include "analysis/drawing/graph_text.h"
#include "analysis/sources/find_definitions.h"
#include "engine/model/state_machine.h"
#include "engine/support/text.h"

namespace stepglass::cli {

int graph_command(int argc, char** argv) {
  const GraphOptionsRead read = read_graph_options(argc, argv);
  if (read.status) return *read.status;
  const auto format = analysis::parse_graph_format(read.options.format);
  if (!format) {
    return complain(
        {fmt::format("--format is svg, drawing, dot, mermaid or json, not \"{}\"", display_word(read.options.format)), ""});
  }
  auto text = read_file(read.options.file);
  if (!text) return complain(text.error());
  const analysis::FoundInFile found = analysis::find_expected_definitions(*std::move(text), read.options.file);
  for (const analysis::FoundMachine& machine : found.machines) {
    if (!machine.definition) continue;
    const LoadedMachine loaded = load_state_machine(*machine.definition, MachineType::Standard);
    if (!loaded.machine) continue;
    const std::string graph = analysis::graph_text(*format, *loaded.machine, machine.name);
    if (*format == analysis::GraphFormat::Json || *format == analysis::GraphFormat::Drawing) {
      write_json(1, graph + '\n');
    } else {
      write(1, graph);
    }
    return kSuccess;
  }
  return complain({fmt::format("{} holds no definition", display(read.options.file)), "stepglass lint says more"});
}

}  // namespace stepglass::cli
