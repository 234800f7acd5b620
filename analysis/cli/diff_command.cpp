// stepglass diff: what became of a definition, by what it means.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/api/diff.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/git.h"
#include "analysis/cli/options.h"
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

/// The text of a file, or of `other` as a commit has it: git:REF.
Result<std::string, WrongUse> read_side(const std::string& side, const std::string& other) {
  if (!side.starts_with(kGit)) return read_file(side);
  const std::string ref = side.substr(kGit.size());
  auto files = files_at(ref, {other}, [](std::string_view) { return true; });
  if (!files) return std::move(files).error();
  if (files->empty()) {
    return WrongUse{fmt::format("the commit \"{}\" has no file {}", display_word(ref), display(other)), ""};
  }
  return std::move(files->front().text);
}

Result<std::vector<analysis::FoundMachine>, WrongUse> machines_of(const std::string& side, const std::string& other,
                                                                  const std::string& machine) {
  auto text = read_side(side, other);
  if (!text) return std::move(text).error();
  const std::string& path = side.starts_with(kGit) ? other : side;
  auto machines = analysis::find_expected_definitions(*std::move(text), path).machines;
  if (machine.empty()) return machines;
  std::erase_if(machines, [&](const analysis::FoundMachine& found) { return found.name != machine; });
  return machines;
}

void warn_of_broken(const std::string& side, const std::vector<analysis::FoundMachine>& machines) {
  for (const analysis::FoundMachine& machine : machines) {
    if (!machine.definition) {
      warn(fmt::format("{}: {} was not looked at: {}", display(side), display_word(machine.name), display(machine.reason)));
      continue;
    }
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
  line.add_option("OLD", options.before, "a definition, or a file that holds some; git:REF is NEW as a commit has it");
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
  auto before = machines_of(options.before, options.after, options.machine);
  if (!before) return complain(before.error());
  auto after = machines_of(options.after, options.after, options.machine);
  if (!after) return complain(after.error());
  if (before->empty() && after->empty()) {
    return complain({options.machine.empty() ? "there are no state machines in them"
                                             : fmt::format("no machine is named \"{}\"", display_word(options.machine)),
                     "stepglass list shows what is found"});
  }
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
  const bool is_same = std::all_of(machines.begin(), machines.end(), [](const auto& machine) { return machine.is_same(); });
  return is_same ? kSuccess : kFindings;
}

}  // namespace stepglass::cli
