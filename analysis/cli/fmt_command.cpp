// stepglass fmt: the layout of definitions that are JSON files of their own.

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "analysis/api/format.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "analysis/cli/progress.h"
#include "analysis/cli/write_file.h"
#include "analysis/sources/files/parallel.h"
#include "analysis/sources/files/source_tree.h"
#include "analysis/sources/find_definitions.h"
#include "analysis/sources/limits.h"
#include "engine/document/text_fault.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

using analysis::FoundMachine;
using analysis::SourceTree;

struct FmtOptions {
  std::vector<std::string> paths;
  bool check = false;
  JsonLayout layout = {};
  unsigned jobs = 0;
};

/// What became of a file.
enum class Outcome : std::uint8_t {
  NoDefinition,
  InYaml,
  InCommentedJson,
  Template,
  Unchanged,
  Changed,
  Broken,
  Unread,
  Unwritten,
  ChangedMeanwhile,
  TooLarge,
};

struct FormattedFile {
  std::string path;
  Outcome outcome = Outcome::NoDefinition;
  std::string fault = {};  // of one that is broken, unread or unwritten
};

/// Whether the text is JSON but for what a deployment will put into it.
bool has_placeholders(const FoundMachine& machine, const analysis::ApiError& error) {
  const auto& found = machine.definition->diagnostics();
  return !error.diagnostics.empty() && is_syntax_error(error.diagnostics.front().diagnostic) &&
         std::none_of(found.begin(), found.end(), is_syntax_error);
}

/// Puts `text` in the place of `read`, the text that the file had.
void put(const SourceTree& tree, const analysis::SourceFile& source, std::string_view read, std::string_view text,
         FormattedFile& file) {
  // An editor may have saved it since. What is left is the time of one rename.
  const auto now = tree.read(source);
  if (!now) {
    file.outcome = Outcome::Unread;
    file.fault = now.error().reason;
  } else if (*now != read) {
    file.outcome = Outcome::ChangedMeanwhile;
  } else if (!replace_file(file.path, text)) {
    file.outcome = Outcome::Unwritten;
    file.fault = std::strerror(errno);
  }
}

void format_file(const SourceTree& tree, const analysis::SourceFile& source, const FmtOptions& options,
                 FormattedFile& file) {
  file.path = tree.shown_path(source);
  auto read = tree.read(source);
  if (!read) {
    file.outcome = Outcome::Unread;
    file.fault = read.error().reason;
    return;
  }
  std::string text = *std::move(read);
  if (!analysis::is_worth_reading(text, source.path, source.is_named)) return;
  const auto found = source.is_named ? analysis::find_expected_definitions(text, source.path)
                                     : analysis::find_definitions(text, source.path);
  if (found.machines.empty()) return;
  const FoundMachine& machine = found.machines.front();
  file.outcome = Outcome::Template;
  if (machine.form != analysis::Form::File || !machine.definition || analysis::is_template_name(source.path)) return;
  if (analysis::is_commented_json_name(source.path)) {
    file.outcome = Outcome::InCommentedJson;
    return;
  }
  if (!analysis::is_read_as_json(text, source.path)) {
    file.outcome = Outcome::InYaml;
    return;
  }
  const auto formatting = analysis::format(std::move(text), "", options.layout);
  if (!formatting) {
    if (has_placeholders(machine, formatting.error())) return;
    file.outcome = Outcome::Broken;
    file.fault = formatting.error().message;
    return;
  }
  file.outcome = formatting->changes.empty() ? Outcome::Unchanged : Outcome::Changed;
  if (formatting->changes.empty()) return;
  const std::string_view before = formatting->document.text();
  const std::string after = with_spaces(before, formatting->changes);
  if (after.size() > analysis::kMaxSourceBytes) {
    file.outcome = Outcome::TooLarge;  // no command would read it again
  } else if (!options.check) {
    put(tree, source, before, after, file);
  }
}

/// The files of `tree`, each once, though the user may have named it beside a link to it: two threads would write it.
std::vector<const analysis::SourceFile*> each_once(const SourceTree& tree) {
  std::vector<const analysis::SourceFile*> files;
  std::set<std::string> seen;
  for (const analysis::SourceFile& file : tree.files()) {
    std::error_code fault;
    const auto whole = std::filesystem::canonical(tree.shown_path(file), fault);
    if (fault || seen.insert(whole.string()).second) files.push_back(&file);
  }
  return files;
}

/// "2 files" of "file" and so on, without what there is none of.
std::string listed(const std::vector<std::pair<std::size_t, std::string_view>>& counts) {
  std::string text;
  for (const auto& [count, what] : counts) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  }
  return text;
}

int format_files(const FmtOptions& options) {
  const SourceTree tree = SourceTree::walk(options.paths.empty() ? std::vector<std::string>{"."} : options.paths);
  const std::vector<const analysis::SourceFile*> sources = each_once(tree);
  std::vector<FormattedFile> files(sources.size());
  {
    Progress bar("formatting", files.size());
    analysis::for_each_index(files.size(), options.jobs, [&](std::size_t i) {
      format_file(tree, *sources[i], options, files[i]);
      bar.step();
    });
  }

  // The others are formatted all the same, but the run is not a whole one.
  int status = kSuccess;
  const auto cannot = [&](std::string_view verb, const std::string& path, std::string_view why) {
    status = complain({fmt::format("cannot {} \"{}\": {}", verb, display(path), display(why)), ""});
  };
  for (const analysis::SkippedPath& skipped : tree.skipped()) cannot("read", skipped.path, skipped.reason);
  std::size_t changed = 0, unchanged = 0, in_yaml = 0, in_commented_json = 0, templates = 0, others = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const FormattedFile& file = files[i];
    switch (file.outcome) {
      case Outcome::NoDefinition:
        if (sources[i]->is_named) ++others;
        break;
      case Outcome::InYaml:
        ++in_yaml;
        break;
      case Outcome::InCommentedJson:
        ++in_commented_json;
        break;
      case Outcome::Template:
        ++templates;
        break;
      case Outcome::Unchanged:
        ++unchanged;
        break;
      case Outcome::Broken:
        status = complain({fmt::format("{}, {}", display(file.path), display(file.fault)), "stepglass lint says more"});
        break;
      case Outcome::Unread:
        cannot("read", file.path, file.fault);
        break;
      case Outcome::Unwritten:
        cannot("write", file.path, file.fault);
        break;
      case Outcome::ChangedMeanwhile:
        status = complain({fmt::format("\"{}\" has changed since it was read", display(file.path)), "format it again"});
        break;
      case Outcome::TooLarge:
        cannot("format", file.path, fmt::format("it would be larger than {} MiB", analysis::kMaxSourceBytes >> 20));
        break;
      case Outcome::Changed:
        ++changed;
        write(1, display(file.path) + '\n');
    }
  }
  std::string summary =
      fmt::format("{} {}, {} as {} should be", counted(changed, "file"), options.check ? "would change" : "formatted",
                  unchanged, unchanged == 1 ? "it" : "they");
  const std::string left = listed({{in_yaml, "in YAML"},
                                   {in_commented_json, "in JSON with comments"},
                                   {templates, templates == 1 ? "template" : "templates"},
                                   {others, others == 1 ? "other file" : "other files"}});
  if (!left.empty()) summary += "; left alone: " + left;
  write(2, summary + '\n');
  return status != kSuccess ? status : options.check && changed > 0 ? kFindings : kSuccess;
}

int format_input(const FmtOptions& options) {
  auto text = read_file("-");
  if (!text) return complain(text.error());
  const auto formatting = analysis::format(*std::move(text), "", options.layout);
  if (!formatting) {
    return complain({"standard input: " + display(formatting.error().message), formatting.error().help});
  }
  if (options.check) return formatting->changes.empty() ? kSuccess : kFindings;
  write(1, with_spaces(formatting->document.text(), formatting->changes));
  return kSuccess;
}

}  // namespace

int fmt_command(int argc, char** argv) {
  FmtOptions options;
  CommandLine line(
      "Lays out definitions that are JSON files, in place. Nothing but white space changes; YAML, .jsonc, .json5 and "
      "templates keep their layout.",
      "stepglass fmt");
  line.add_option("PATH", options.paths,
                  "files and folders (default: the current folder); - takes standard input to standard "
                  "output");
  line.add_flag("--check", options.check, "change nothing, list the files that would change");
  const std::string of_indent =
      fmt::format("spaces for each level, {} to {} (default: {})", kMinIndent, kMaxIndent, options.layout.indent);
  line.add_option("--indent", options.layout.indent, of_indent.c_str()).type_name("N");
  const std::string of_width = fmt::format("columns of a line, up to {}; what is longer is broken (default: {})",
                                           kMaxFormatWidth, options.layout.width);
  line.add_option("--width", options.layout.width, of_width.c_str()).type_name("N");
  line.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)").type_name("N");
  line.footer(
      "An object stays in lines when its first member is on a line of its own; all else is on one line when it fits.\n"
      "Lines end with LF; for a checkout with CRLF, say *.asl.json text eol=lf in .gitattributes.\n"
      "In folders, what .gitignore names is left out; the configuration of lint counts for lint alone.\n"
      "\n"
      "Examples:\n"
      "  stepglass fmt\n"
      "  stepglass fmt --check flows/\n"
      "  stepglass fmt --indent 4 - < order.asl.json\n"
      "\n"
      "Exit status: 0, with --check 1 when a file would change, 2 wrong use or files that cannot be formatted.\n");
  if (const auto status = line.parse(argc, argv)) return *status;
  if (options.layout.indent < kMinIndent || options.layout.indent > kMaxIndent) {
    return complain(
        {fmt::format("--indent is from {} to {}, not {}", kMinIndent, kMaxIndent, options.layout.indent), ""});
  }
  if (options.layout.width > kMaxFormatWidth) {
    return complain({fmt::format("--width is at most {}, not {}", kMaxFormatWidth, options.layout.width), ""});
  }
  if (std::find(options.paths.begin(), options.paths.end(), "-") == options.paths.end()) {
    return format_files(options);
  }
  if (options.paths.size() > 1) return complain({"standard input is formatted alone", "leave the files out, or the -"});
  return format_input(options);
}

}  // namespace stepglass::cli
