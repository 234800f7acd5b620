// stepglass list: the state machines of a repository. Files are read and looked through in parallel; the rows come in
// the order of paths and places whatever the number of threads.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/api/list.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "analysis/report/columns.h"
#include "analysis/sources/files/parallel.h"
#include "analysis/sources/files/source_tree.h"
#include "analysis/sources/find_definitions.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

using analysis::Form;
using analysis::ListedMachine;
using analysis::SourceFile;
using analysis::SourceTree;
using analysis::Tone;

struct ListOptions {
  std::vector<std::string> paths;
  bool json = false;
  bool no_ignore = false;
  unsigned jobs = 0;
};

struct Listing {
  std::vector<ListedMachine> machines;
  std::vector<analysis::SkippedPath> skipped;
};

struct FileRows {
  SourceFile file;
  std::vector<ListedMachine> machines;
  std::optional<analysis::SkippedPath> skipped;
};

/// `is_definition`: another file says so.
void look_into(const SourceTree& tree, FileRows& rows, bool is_definition) {
  auto text = tree.read(rows.file);
  if (!text) {
    rows.skipped = std::move(text).error();
    return;
  }
  if (!is_definition && !analysis::is_definition_name(rows.file.path) && !analysis::mentions_machines(*text)) return;
  const std::string shown = tree.shown_path(rows.file);
  for (const auto& machine : analysis::find_definitions(*std::move(text), rows.file.path, is_definition).machines) {
    rows.machines.push_back(analysis::listed(machine, shown));
  }
}

/// The index of the row for `file` of the root; nothing when there is none.
std::optional<std::size_t> row_of(const std::vector<FileRows>& all, std::size_t root, std::string_view path) {
  const auto found = std::lower_bound(all.begin(), all.end(), path, [&](const FileRows& rows, std::string_view p) {
    return rows.file.root != root ? rows.file.root < root : std::string_view(rows.file.path) < p;
  });
  if (found == all.end() || found->file.root != root || found->file.path != path) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

bool defines_itself(const FileRows& rows) {
  return !rows.machines.empty() && rows.machines[0].form == Form::File;
}

/// Files that others name as definitions are such, also where their own name or text does not say so.
void follow_references(const SourceTree& tree, std::vector<FileRows>& all, unsigned jobs) {
  std::vector<FileRows> named;
  std::vector<std::size_t> again;
  for (const FileRows& rows : all) {
    for (const ListedMachine& machine : rows.machines) {
      if (machine.definition_file.empty()) continue;
      if (const auto row = row_of(all, rows.file.root, machine.definition_file)) {
        if (!defines_itself(all[*row]) && all[*row].machines.empty()) again.push_back(*row);
      } else {
        named.push_back({{machine.definition_file, rows.file.root, false}, {}, {}});
      }
    }
  }
  std::sort(again.begin(), again.end());
  again.erase(std::unique(again.begin(), again.end()), again.end());
  const auto by_path = [](const FileRows& a, const FileRows& b) {
    return a.file.root != b.file.root ? a.file.root < b.file.root : a.file.path < b.file.path;
  };
  std::stable_sort(named.begin(), named.end(), by_path);
  named.erase(std::unique(named.begin(), named.end(),
                          [&](const FileRows& a, const FileRows& b) { return !by_path(a, b) && !by_path(b, a); }),
              named.end());
  analysis::for_each_index(again.size(), jobs, [&](std::size_t i) { look_into(tree, all[again[i]], true); });
  analysis::for_each_index(named.size(), jobs, [&](std::size_t i) { look_into(tree, named[i], true); });
  for (FileRows& rows : named) {
    rows.skipped.reset();  // told where it is named
    all.push_back(std::move(rows));
  }
  std::stable_sort(all.begin(), all.end(), by_path);

  for (FileRows& rows : all) {
    for (ListedMachine& machine : rows.machines) {
      if (machine.definition_file.empty()) continue;
      const auto row = row_of(all, rows.file.root, machine.definition_file);
      if (row && defines_itself(all[*row])) {
        machine.states = all[*row].machines[0].states;
        machine.bytes = all[*row].machines[0].bytes;
      } else if (!row || all[*row].machines.empty()) {
        machine.reason = "there is no such file";
      }
      machine.definition_file = tree.shown_path({machine.definition_file, rows.file.root, false});
    }
  }
}

Listing list_paths(const ListOptions& options) {
  const SourceTree tree =
      SourceTree::walk(options.paths.empty() ? std::vector<std::string>{"."} : options.paths, !options.no_ignore);
  std::vector<FileRows> all;
  for (const SourceFile& file : tree.files()) all.push_back({file, {}, {}});
  analysis::for_each_index(all.size(), options.jobs, [&](std::size_t i) { look_into(tree, all[i], false); });
  follow_references(tree, all, options.jobs);
  Listing listing;
  listing.skipped = tree.skipped();
  for (FileRows& rows : all) {
    for (ListedMachine& machine : rows.machines) listing.machines.push_back(std::move(machine));
    if (rows.skipped) listing.skipped.push_back(*std::move(rows.skipped));
  }
  return listing;
}

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
      out +=
          fmt::format("{}, {}", analysis::counted(machine.states, "state"), analysis::counted(machine.bytes, "byte"));
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
  out += fmt::format("{}, {}\n", analysis::counted(listing.machines.size(), "machine"),
                     analysis::counted(definitions, "definition"));
  return out;
}

}  // namespace

int list_command(int argc, char** argv) {
  ListOptions options;
  CommandLine line("Lists the state machines of files and folders: definitions, templates, serverless.yml, Terraform.",
                   "stepglass list");
  line.add_option("PATH", options.paths, "files and folders (default: the current folder)");
  line.add_flag("--json", options.json, "as JSON");
  line.add_flag("--no-ignore", options.no_ignore, "look also at what .gitignore files leave out");
  line.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)").type_name("N");
  line.footer(
      "Links are not followed and nothing outside of PATH is read, but for files that a template names and that lie "
      "in\n"
      "the current folder. Exit status: 0, or 2 when something could not be looked at.\n");
  if (const auto status = line.parse(argc, argv)) return *status;
  const Listing listing = list_paths(options);
  if (options.json) {
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
