// stepglass diff: what became of a definition, by what it means.

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/api/diff.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/git.h"
#include "analysis/cli/options.h"
#include "analysis/sources/files/source_tree.h"
#include "analysis/sources/find_definitions.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

constexpr std::string_view kGit = "git:";

struct DiffOptions {
  std::string before;
  std::string after;
  std::string format = "text";
  std::string machine;
};

/// Reads the definitions that are in files of their own.
void follow(std::vector<analysis::FoundMachine>& machines,
            const std::function<std::optional<std::string>(const std::string& path)>& read) {
  for (analysis::FoundMachine& machine : machines) {
    if (machine.definition || machine.file.empty()) continue;
    auto text = read(machine.file);
    if (!text) continue;
    auto found = analysis::find_definitions(*std::move(text), machine.file, true).machines;
    if (found.size() == 1) machine.definition = std::move(found.front().definition);
  }
}

/// The text of `path` as the commit of "git:REF" has it.
Result<std::string, WrongUse> read_at_commit(const std::string& commit, const std::string& path) {
  const std::string ref = commit.substr(kGit.size());
  auto files = files_at(ref, {path}, [](std::string_view) { return true; });
  if (!files) return std::move(files).error();
  if (files->empty()) {
    return WrongUse{fmt::format("the commit \"{}\" has no file {}", display_word(ref), display(path)), ""};
  }
  return std::move(files->front().text);
}

/// The machines that a file defines. A definition that it names is read, too, as far as it is beneath the same root.
Result<std::vector<analysis::FoundMachine>, WrongUse> machines_in(const std::string& file) {
  const analysis::SourceTree tree = analysis::SourceTree::walk({file}, false);
  if (file == "-" || tree.files().size() != 1) {
    // What is no file says why.
    auto text = read_file(file);
    if (!text) return std::move(text).error();
    return analysis::find_expected_definitions(*std::move(text), file).machines;
  }
  const analysis::SourceFile& source = tree.files().front();
  auto text = tree.read(source);
  if (!text) return WrongUse{fmt::format("{}: {}", display(file), display(text.error().reason)), ""};
  auto machines = analysis::find_expected_definitions(*std::move(text), source.path).machines;
  follow(machines, [&](const std::string& path) -> std::optional<std::string> {
    auto definition = tree.read({path, source.root, true});
    return definition ? std::optional(*std::move(definition)) : std::nullopt;
  });
  return machines;
}

/// The same of `file` as a commit has it.
Result<std::vector<analysis::FoundMachine>, WrongUse> machines_at(const std::string& commit, const std::string& file) {
  auto text = read_at_commit(commit, file);
  if (!text) return std::move(text).error();
  // Paths of definitions have no way up in front.
  std::size_t up = 0;
  while (file.compare(up, 3, "../") == 0) up += 3;
  auto machines = analysis::find_expected_definitions(*std::move(text), file.substr(up)).machines;
  follow(machines, [&](const std::string& path) -> std::optional<std::string> {
    auto definition = read_at_commit(commit, file.substr(0, up) + path);
    return definition ? std::optional(*std::move(definition)) : std::nullopt;
  });
  return machines;
}

/// The machines on one side; of several the one that is asked for.
Result<std::vector<analysis::FoundMachine>, WrongUse> machines_of(const std::string& side, const std::string& after,
                                                                  const std::string& machine) {
  auto read = side.starts_with(kGit) ? machines_at(side, after) : machines_in(side);
  if (!read) return std::move(read).error();
  std::vector<analysis::FoundMachine> machines = *std::move(read);
  if (!machine.empty() && machines.size() > 1) {
    std::erase_if(machines, [&](const analysis::FoundMachine& found) { return found.name != machine; });
  }
  if (machines.empty()) {
    return WrongUse{machine.empty() ? fmt::format("{} holds no state machine", display(side))
                                    : fmt::format("{} holds no state machine \"{}\"", display(side), display_word(machine)),
                    "stepglass list shows what is found"};
  }
  for (analysis::FoundMachine& found : machines) {
    // Of standard input nobody knows a name.
    if (found.name == "-") found.name.clear();
  }
  return machines;
}

void warn_of_broken(const std::string& side, const std::vector<analysis::FoundMachine>& machines) {
  for (const analysis::FoundMachine& machine : machines) {
    if (!machine.definition) continue;
    const auto broken = std::find_if(machine.definition->diagnostics().begin(), machine.definition->diagnostics().end(),
                                     [](const Diagnostic& found) { return found.severity == Severity::Error; });
    if (broken == machine.definition->diagnostics().end()) continue;
    const Position at = machine.definition->position(broken->span.begin);
    warn(fmt::format("{}:{}:{}: {}; what can be read is compared", display(side), at.line, at.column, display(broken->message)));
  }
}

}  // namespace

int diff_command(int argc, char** argv) {
  DiffOptions options;
  CommandLine line(
      "Says what became of the states, transitions and data of a definition, and of its cost. The order of members, layout "
      "and JSON or YAML make no difference.",
      "stepglass diff");
  line.add_option("OLD", options.before, "a definition, or a file that holds some; git:REF is NEW as a commit has it, - reads standard input");
  line.add_option("NEW", options.after, "the same later; - reads standard input");
  line.add_option("--format", options.format, "text, markdown or json (default: text)").type_name("FORMAT");
  line.add_option("--machine", options.machine, "only this one of the machines in them").type_name("NAME");
  line.footer(
      "Exit status: 0 nothing has changed, 1 something has, 2 they cannot be compared.\n\n"
      "Example:\n  stepglass diff git:main order.asl.json\n");
  if (const auto status = line.parse(argc, argv, {"OLD", "NEW"})) return *status;
  if (options.format != "text" && options.format != "markdown" && options.format != "json") {
    return complain({fmt::format("--format is text, markdown or json, not \"{}\"", display_word(options.format)), ""});
  }
  if (options.after.starts_with(kGit)) return complain({"NEW is a file", "only OLD can be a commit: git:REF"});
  if (options.before == "-" && options.after == "-") {
    return complain({"standard input can be read once", "give a file as OLD or NEW"});
  }
  if (options.before.starts_with(kGit) && options.after == "-") {
    return complain({"a commit has no standard input", "give the file as NEW"});
  }
  auto before = machines_of(options.before, options.after, options.machine);
  if (!before) return complain(before.error());
  auto after = machines_of(options.after, options.after, options.machine);
  if (!after) return complain(after.error());
  for (const auto& [side, machines] : {std::pair(&options.before, &*before), std::pair(&options.after, &*after)}) {
    for (const analysis::FoundMachine& machine : *machines) {
      if (!machine.definition) continue;
      if (const auto fault = analysis::unreadable(*machine.definition)) {
        return complain({fmt::format("{}, {}", display(*side), display(*fault)), "stepglass lint says more"});
      }
    }
    warn_of_broken(*side, *machines);
  }
  const auto machines = analysis::compare_files(*std::move(before), *std::move(after));
  if (options.format == "json") {
    write_json(1, analysis::diff_json(machines));
  } else if (options.format == "markdown") {
    write(1, analysis::diff_markdown(machines));
  } else {
    write(1, analysis::diff_text(machines, style_of(1)));
  }
  if (std::any_of(machines.begin(), machines.end(), [](const auto& machine) { return !machine.unread.empty(); })) {
    warn("not all could be compared");
    return kWrongUse;
  }
  const bool is_same = std::all_of(machines.begin(), machines.end(), [](const auto& machine) { return machine.is_same(); });
  return is_same ? kSuccess : kFindings;
}

}  // namespace stepglass::cli
