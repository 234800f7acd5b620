// stepglass graph: the flow of a definition as a picture, and for other programs.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "analysis/drawing/edge_text.h"
#include "analysis/drawing/graph_text.h"
#include "analysis/sources/find_definitions.h"
#include "engine/model/state_machine.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

using analysis::GraphFormat;

struct GraphCommandOptions {
  std::string file;
  std::string format;
  std::string machine;
  std::vector<std::string> collapsed;
  std::string check;
};

std::optional<int> read_options(int argc, char** argv, GraphCommandOptions& options) {
  CommandLine line("Draws the flow of a definition, or writes it for other programs.", "stepglass graph");
  line.add_option("FILE", options.file,
                  "the definition, or a file that holds it, JSON or YAML; - reads standard input");
  line.add_option("--format", options.format,
                  "svg, mermaid, dot, plantuml, json, or drawing: JSON with places (default: what the name of the file "
                  "to check says, or mermaid)")
      .type_name("FORMAT");
  line.add_option("--machine", options.machine, "which of the machines in it (default: the first)").type_name("NAME");
  line.add_option("--collapse", options.collapsed,
                  "a Map or Parallel to draw without what is in it; several may be given")
      .type_name("NAME")
      .allow_extra_args(false);
  line.add_option("--check", options.check, "write nothing, and exit with 1 when FILE is not what would be written")
      .type_name("FILE");
  line.footer(
      "Examples:\n  stepglass graph order.asl.json --format svg > order.svg\n"
      "  stepglass graph order.asl.json --check order.svg\n"
      "  stepglass graph template.yaml --machine Orders --collapse 'Each order' --format plantuml\n");
  return line.parse(argc, argv, {"FILE"});
}

/// What a file of this name holds.
std::string_view format_of_name(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (ending == ".svg") return "svg";
  if (ending == ".dot" || ending == ".gv") return "dot";
  if (ending == ".puml" || ending == ".plantuml") return "plantuml";
  if (ending == ".json") return "json";
  return "mermaid";
}

/// What writes the picture again.
std::string command_of(const GraphCommandOptions& options) {
  const auto quoted = [](const std::string& text) { return display(quoted_for_shell(text)); };
  std::string command = fmt::format("stepglass graph {} --format {}",
                                    options.file == "-" ? options.file : quoted(options.file), options.format);
  if (!options.machine.empty()) command += " --machine " + quoted(options.machine);
  for (const std::string& name : options.collapsed) command += " --collapse " + quoted(name);
  command += " > " + quoted(options.check);
  return options.file == "-" ? command + ", with the same input" : command;
}

/// Whether the file holds `text`, whatever its line ends.
int check(const GraphCommandOptions& options, const std::string& text) {
  auto before = read_file(options.check);
  if (!before) return complain(before.error());
  std::erase(*before, '\r');
  if (*before == text) return kSuccess;
  write(2, fmt::format("{} is not what would be written now: {}\n", display(options.check), command_of(options)));
  return kFindings;
}

}  // namespace

int graph_command(int argc, char** argv) {
  GraphCommandOptions options;
  if (const auto status = read_options(argc, argv, options)) return *status;
  if (options.format.empty()) options.format = format_of_name(options.check);
  const auto format = analysis::parse_graph_format(options.format);
  if (!format) {
    return complain({fmt::format("--format is svg, drawing, dot, mermaid, plantuml or json, not \"{}\"",
                                 display_word(options.format)),
                     ""});
  }
  auto text = read_file(options.file);
  if (!text) return complain(text.error());
  const analysis::FoundInFile found = analysis::find_expected_definitions(*std::move(text), options.file);
  const auto machine = analysis::machine_named(found.machines, options.machine);
  if (!machine) {
    const auto& [message, help] = machine.error();
    return complain(
        {fmt::format("{} {}", display(options.file), message), help.empty() ? "stepglass lint says more" : help});
  }
  const LoadedMachine loaded = load_state_machine(*(*machine)->definition, MachineType::Standard);
  if (!loaded.machine) {
    return complain({fmt::format("{} holds no definition", display(options.file)), "stepglass lint says more"});
  }
  for (const std::string& name : options.collapsed) {
    const State* state = find_state(loaded.machine->scope, name);
    if (state && !analysis::inner_scopes(*state).empty()) continue;
    return complain({fmt::format("--collapse: the definition has no Map or Parallel \"{}\"", display_word(name)), ""});
  }
  std::string graph =
      analysis::graph_text(*format, *loaded.machine, {.name = (*machine)->name, .collapsed = options.collapsed});
  const bool is_json = *format == GraphFormat::Json || *format == GraphFormat::Drawing;
  if (is_json) graph += '\n';
  if (!options.check.empty()) return check(options, graph);
  if (is_json) {
    write_json(1, graph);
  } else {
    write(1, graph);
  }
  return kSuccess;
}

}  // namespace stepglass::cli
