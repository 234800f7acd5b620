#include "analysis/cli/list_files.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "analysis/sources/files/parallel.h"
#include "analysis/sources/find_definitions.h"

namespace stepglass::cli {
namespace {

using analysis::Form;
using analysis::ListedMachine;
using analysis::SourceFile;
using analysis::SourceTree;

struct FileRows {
  SourceFile file;
  std::vector<ListedMachine> machines;
  std::optional<analysis::SkippedPath> skipped;
};

/// `is_definition`: another file says so.
void look_into(const SourceTree& tree, FileRows& rows, bool is_definition, bool definitions) {
  auto text = tree.read(rows.file);
  if (!text) {
    rows.skipped = std::move(text).error();
    return;
  }
  if (!analysis::is_worth_reading(*text, rows.file.path, is_definition)) return;
  const std::string shown = tree.shown_path(rows.file);
  for (const auto& machine : analysis::find_definitions(*std::move(text), rows.file.path, is_definition).machines) {
    rows.machines.push_back(analysis::listed(machine, shown));
    if (definitions) rows.machines.back().definition = analysis::definition_text(machine);
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
void follow_references(const SourceTree& tree, std::vector<FileRows>& all, const ListOptions& options) {
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
  analysis::for_each_index(again.size(), options.jobs, [&](std::size_t i) { look_into(tree, all[again[i]], true, options.definitions); });
  analysis::for_each_index(named.size(), options.jobs, [&](std::size_t i) { look_into(tree, named[i], true, options.definitions); });
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
        machine.definition = all[*row].machines[0].definition;
      } else if (!row || all[*row].machines.empty()) {
        machine.reason = "there is no such file";
      }
      machine.definition_file = tree.shown_path({machine.definition_file, rows.file.root, false});
    }
  }
}

}  // namespace

Listing list_files(const ListOptions& options) {
  const SourceTree tree =
      SourceTree::walk(options.paths.empty() ? std::vector<std::string>{"."} : options.paths, !options.no_ignore);
  std::vector<FileRows> all;
  for (const SourceFile& file : tree.files()) all.push_back({file, {}, {}});
  analysis::for_each_index(all.size(), options.jobs, [&](std::size_t i) { look_into(tree, all[i], false, options.definitions); });
  follow_references(tree, all, options);
  Listing listing;
  listing.skipped = tree.skipped();
  for (FileRows& rows : all) {
    for (ListedMachine& machine : rows.machines) listing.machines.push_back(std::move(machine));
    if (rows.skipped) listing.skipped.push_back(*std::move(rows.skipped));
  }
  return listing;
}

}  // namespace stepglass::cli
