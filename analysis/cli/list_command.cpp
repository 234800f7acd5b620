// stepglass list: the state machines of a repository.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/api/list.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/list_files.h"
#include "analysis/cli/options.h"
#include "analysis/report/columns.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

using analysis::ListedMachine;
using analysis::Tone;

std::string as_json(const Listing& listing) {
  std::string out = "{\"machines\":[";
  for (const ListedMachine& machine : listing.machines) {
    if (&machine != listing.machines.data()) out += ',';
    out += '\n';
    analysis::append_listed(out, machine);
  }
  out += "],\n\"skipped\":[";
  for (const auto& skipped : listing.skipped) {
    if (&skipped != listing.skipped.data()) out += ',';
    out += "\n{\"path\":";
    append_json_string(out, skipped.path);
    out += ",\"reason\":";
    append_json_string(out, skipped.reason);
    out += '}';
  }
  return out + "]}\n";
}

std::string as_text(const Listing& listing) {
  const analysis::Style style = style_of(1);
  std::size_t place_width = 0, name_width = 0;
  std::vector<std::string> places;
  for (const ListedMachine& machine : listing.machines) {
    places.push_back(fmt::format("{}:{}", display(machine.file), machine.position.line));
    place_width = std::min<std::size_t>(std::max(place_width, analysis::columns(places.back())), 60);
    name_width = std::min<std::size_t>(std::max(name_width, analysis::columns(display_word(machine.name))), 30);
  }
  std::string out;
  std::size_t definitions = 0;
  for (std::size_t i = 0; i < listing.machines.size(); ++i) {
    const ListedMachine& machine = listing.machines[i];
    out += fmt::format("{}  {}  {:<14}  {:<8}  ",
                       analysis::paint(style, Tone::Faint, analysis::padded(places[i], place_width)),
                       analysis::paint(style, Tone::Strong, analysis::padded(display_word(machine.name), name_width)),
                       analysis::form_name(machine.form),
                       !machine.type                           ? "-"
                       : *machine.type == MachineType::Express ? "EXPRESS"
                                                               : "STANDARD");
    if (machine.bytes > 0) {
      out += fmt::format("{}, {}", counted(machine.states, "state"), counted(machine.bytes, "byte"));
      definitions += machine.definition_file.empty();
    }
    if (!machine.definition_file.empty()) {
      out += fmt::format("{}in {}", machine.bytes > 0 ? ", " : "", display(machine.definition_file));
    }
    if (!machine.reason.empty()) {
      out += analysis::paint(style, Tone::Warning,
                             fmt::format("{}{}", machine.definition_file.empty() ? "" : ", ", display(machine.reason)));
    }
    out += '\n';
  }
  out += fmt::format("{}, {}\n", counted(listing.machines.size(), "machine"), counted(definitions, "definition"));
  return out;
}

}  // namespace

int list_command(int argc, char** argv) {
  ListOptions options;
  bool json = false;
  CommandLine line("Lists the state machines of files and folders: definitions, templates, serverless.yml, Terraform.",
                   "stepglass list");
  line.add_option("PATH", options.paths, "files and folders (default: the current folder)");
  line.add_flag("--json", json, "as JSON");
  line.add_flag("--no-ignore", options.no_ignore, "look also at what .gitignore files leave out");
  line.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)").type_name("N");
  line.footer(
      "Links are not followed and nothing outside of PATH is read, but for files that a template names and that lie "
      "in\n"
      "the current folder. Exit status: 0, or 2 when something could not be looked at.\n");
  if (const auto status = line.parse(argc, argv)) return *status;
  const Listing listing = list_files(options);
  if (json) {
    write_json(1, as_json(listing));
  } else {
    write(1, as_text(listing));
  }
  for (const auto& skipped : listing.skipped) {
    warn(fmt::format("{} was not looked at: {}", display(skipped.path), display(skipped.reason)));
  }
  return listing.skipped.empty() ? kSuccess : kWrongUse;
}

}  // namespace stepglass::cli
