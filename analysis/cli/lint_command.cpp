// stepglass lint, rules, explain.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "analysis/api/definition.h"
#include "analysis/api/lint.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/config.h"
#include "analysis/cli/console.h"
#include "analysis/cli/git.h"
#include "analysis/cli/lint_files.h"
#include "analysis/cli/lint_options.h"
#include "analysis/cli/write_file.h"
#include "analysis/report/apply_fixes.h"
#include "analysis/report/baseline.h"
#include "analysis/report/findings.h"
#include "analysis/report/rule_pages.h"
#include "analysis/rules/framework/lint.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

struct ReportFile {
  analysis::FindingsFormat format;
  std::string path;
};

std::optional<WrongUse> check_selectors(const std::vector<std::string>& words) {
  const auto unknown = analysis::unknown_selector(words);
  if (!unknown) return std::nullopt;
  std::vector<std::string_view> names;
  for (const analysis::Rule* rule : analysis::all_rules()) names.push_back(rule->name);
  const auto meant = nearest(*unknown, names);
  return WrongUse{fmt::format("no rule is named \"{}\"", display_word(*unknown)),
                  meant ? fmt::format("did you mean \"{}\"?", *meant) : "`stepglass rules` lists them"};
}

Result<analysis::LintOptions, WrongUse> lint_options(const LintCommandOptions& options) {
  analysis::LintOptions result;
  const auto type = analysis::parse_machine_type(options.type);
  if (!type) return WrongUse{fmt::format("--type is STANDARD or EXPRESS, not \"{}\"", display(options.type)), ""};
  result.type = *type;
  result.select = options.select;
  result.ignore = options.ignore;
  result.no_inline = options.no_inline;
  std::vector<std::string> graded;
  for (const std::string& word : options.severities) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const auto severity = analysis::parse_severity(std::string_view(word).substr(std::min(equals + 1, word.size())));
    if (!severity) {
      return WrongUse{fmt::format("--severity takes RULE=error, warning or info, not \"{}\"", display_word(word)), ""};
    }
    graded.push_back(word.substr(0, equals));
    result.severities.emplace_back(graded.back(), *severity);
  }
  for (const auto* words : {&result.select, &result.ignore, &graded}) {
    if (auto fault = check_selectors(*words)) return *std::move(fault);
  }
  return result;
}

Result<std::vector<std::string>, WrongUse> files_of(const LintCommandOptions& options) {
  std::vector<std::string> files = options.files;
  if (!options.files_from.empty()) {
    auto text = read_file(options.files_from);
    if (!text) return std::move(text).error();
    std::string_view rest = *text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) files.emplace_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (files.empty()) {
    files.emplace_back(".");
  }
  return files;
}

Result<std::vector<ReportFile>, WrongUse> reports_of(const LintCommandOptions& options) {
  std::vector<ReportFile> reports;
  for (const std::string& word : options.reports) {
    const std::size_t equals = word.find('=');
    const auto format = analysis::parse_findings_format(std::string_view(word).substr(0, equals));
    if (equals == std::string::npos || equals + 1 == word.size() || !format) {
      return WrongUse{fmt::format("--report takes FORMAT=PATH, not \"{}\"", display_word(word)),
                      "FORMAT is one of " + analysis::findings_formats()};
    }
    reports.push_back({*format, word.substr(equals + 1)});
  }
  return reports;
}

Result<analysis::Baseline, WrongUse> read_baseline(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return text.error();
  auto baseline = analysis::Baseline::read(*text);
  if (!baseline) return WrongUse{fmt::format("{}:{}", display(path), baseline.error()), ""};
  return *std::move(baseline);
}

std::filesystem::path folder_of(const std::string& file) {
  std::error_code fault;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(std::filesystem::absolute(file, fault), fault);
  return whole.parent_path();
}

/// A baseline names files by their way from its own folder, from wherever the program is called.
analysis::FileKey key_in(const std::filesystem::path& folder) {
  return [folder](const analysis::CheckedFile& file) {
    if (file.name == "-") return file.name;
    std::error_code fault;
    return std::filesystem::weakly_canonical(file.name, fault).lexically_relative(folder).generic_string();
  };
}

/// What was not looked at is told, and is no fault of its own: a deployment may make it.
void tell_unread(const std::vector<UnreadInFile>& unread) {
  constexpr std::size_t kMost = 10;
  for (std::size_t i = 0; i < std::min(unread.size(), kMost); ++i) {
    const analysis::UnreadDefinition& one = unread[i].definition;
    std::string reason = one.reason.substr(0, one.reason.find('\n'));
    warn(fmt::format("{}:{}: not checked{}{}{}: {}", display(unread[i].file), one.position.line,
                     one.machine.empty() ? "" : " \"", display(one.machine), one.machine.empty() ? "" : "\"",
                     display(reason)));
  }
  if (unread.size() > kMost)
    warn(fmt::format("{} more were not checked: `stepglass list` has them", unread.size() - kMost));
}

constexpr int kMaxFixRounds = 10;

/// What fixes would change, as a diff on standard output.
void show_fixes(const analysis::CheckedFiles& files, bool unsafe) {
  for (const analysis::CheckedFile& file : files) {
    const analysis::FixedText fixed = analysis::apply_fixes(file, unsafe);
    if (fixed.fixes == 0) continue;
    const std::string diff = analysis::unified_diff(file.name, file.document.text(), fixed.text);
    if (isatty(1) != 1) {
      write(1, diff);  // byte for byte, so that it can be applied
      continue;
    }
    for (std::string_view rest = diff; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      write(1, display(rest.substr(0, end)) + '\n');
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

/// Findings that no fix is shown for.
std::size_t count_unfixed(const analysis::CheckedFiles& files, bool unsafe) {
  std::size_t count = 0;
  for (const analysis::CheckedFile& file : files) {
    for (const analysis::PlacedFinding& placed : file.findings) {
      const auto& fixes = placed.finding.fixes;
      if (std::none_of(fixes.begin(), fixes.end(), [&](const analysis::Fix& fix) { return fix.safe || unsafe; })) ++count;
    }
  }
  return count;
}

/// How many fixes were written.
Result<std::size_t, WrongUse> write_fixes(const analysis::CheckedFiles& files, bool unsafe) {
  std::size_t count = 0;
  for (const analysis::CheckedFile& file : files) {
    const analysis::FixedText fixed = analysis::apply_fixes(file, unsafe);
    if (fixed.fixes == 0) continue;
    if (!replace_file(file.name, fixed.text)) {
      return WrongUse{fmt::format("cannot write \"{}\": {}", display(file.name), std::strerror(errno)), ""};
    }
    count += fixed.fixes;
  }
  return count;
}

/// Writes what is found into the baseline. What it knows of files that were not looked at stays, unless they are gone.
int update_baseline(const std::string& path, const analysis::CheckedFiles& checked, const analysis::IsOn& is_on) {
  analysis::Baseline baseline;
  std::error_code fault;
  if (std::filesystem::exists(path, fault)) {
    auto before = read_baseline(path);
    if (!before) return complain({before.error().message, "mend it, or delete it to begin anew"});
    baseline = *std::move(before);
  }
  const std::filesystem::path folder = folder_of(path);
  // A name that is no UTF-8 is not the file's own.
  baseline.forget([&](const std::string& file) {
    return file != "-" && file.find("\\x") == std::string::npos && !std::filesystem::exists(folder / file, fault);
  });
  baseline.update(checked, key_in(folder), is_on);
  if (!replace_file(path, baseline.json())) {
    return complain({fmt::format("cannot write \"{}\": {}", display(path), std::strerror(errno)), ""});
  }
  const std::size_t count = baseline.size();
  write(1, fmt::format("{}: {} finding{}\n", display(path), count, count == 1 ? "" : "s"));
  return kSuccess;
}

/// The exit status for what was found; nothing for a word that is no level.
std::optional<int> status_of(const analysis::Tally& counts, std::string_view fail_on) {
  if (fail_on == "never") return kSuccess;
  const auto least = analysis::parse_severity(fail_on);
  if (!least) return std::nullopt;
  std::size_t count = counts.errors;
  if (*least != Severity::Error) count += counts.warnings;
  if (*least == Severity::Info) count += counts.infos;
  return count > 0 ? kFindings : kSuccess;
}

/// `options` with what the configuration says where they say nothing. Rules that either ignores are ignored.
LintCommandOptions configured(LintCommandOptions options, const Config& config) {
  if (options.select.empty()) options.select = config.select;
  options.ignore.insert(options.ignore.end(), config.ignore.begin(), config.ignore.end());
  std::vector<std::string> severities;
  for (const auto& [rule, level] : config.severities) severities.push_back(rule + "=" + level);
  options.severities.insert(options.severities.begin(), severities.begin(), severities.end());
  if (options.type.empty()) options.type = config.type.empty() ? "STANDARD" : config.type;
  if (options.fail_on.empty()) options.fail_on = config.fail_on.empty() ? "info" : config.fail_on;
  if (options.baseline.empty()) options.baseline = config.baseline;
  return options;
}

Result<Config, WrongUse> config_of(const LintCommandOptions& options) {
  if (!options.config.empty()) return read_config(options.config);
  std::error_code fault;
  const auto nearest = options.isolated ? std::nullopt : find_config(std::filesystem::current_path(fault));
  return nearest ? read_config(*nearest) : Config();
}

void show_findings(const analysis::CheckedFiles& checked, const LintCommandOptions& options,
                   analysis::FindingsFormat format) {
  if (options.statistics) return write(1, analysis::format_statistics(checked));
  const std::string text = analysis::format_findings(format, checked, style_of(1));
  switch (format) {
    case analysis::FindingsFormat::Json:
    case analysis::FindingsFormat::Jsonl:
    case analysis::FindingsFormat::Gitlab:
    case analysis::FindingsFormat::Rdjsonl:
    case analysis::FindingsFormat::Sarif:
      return write_json(1, text);
    default:
      return write(1, text);
  }
}

int lint(const LintCommandOptions& given) {
  const auto config = config_of(given);
  if (!config) return complain(config.error());
  const LintCommandOptions options = configured(given, *config);
  const auto format = analysis::parse_findings_format(options.format);
  if (!format) {
    return complain({fmt::format("--output-format is one of {}, not \"{}\"", analysis::findings_formats(),
                                 display_word(options.format)),
                     ""});
  }
  if (!status_of({}, options.fail_on)) {
    return complain(
        {fmt::format("--fail-on is error, warning, info or never, not \"{}\"", display_word(options.fail_on)), ""});
  }
  const auto rules = lint_options(options);
  if (!rules) return complain(rules.error());
  const auto reports = reports_of(options);
  if (!reports) return complain(reports.error());
  const auto files = files_of(options);
  if (!files) return complain(files.error());

  if (options.diff && (options.update_baseline || options.statistics || options.fix)) {
    return complain({"--diff shows changes in place of anything else", "call it once more without --diff"});
  }
  if (options.update_baseline && options.baseline.empty()) {
    return complain({"--update-baseline needs to know which", "name it with --baseline FILE"});
  }
  std::optional<std::set<std::string>> changed;
  if (!options.since.empty()) {
    auto since = files_changed_since(options.since);
    if (!since) return complain(since.error());
    changed = *std::move(since);
  }

  int status = kSuccess;
  std::vector<UnreadInFile> unread;
  std::optional<analysis::Baseline> baseline;
  if (!options.baseline.empty() && !options.update_baseline) {
    auto read = read_baseline(options.baseline);
    if (!read) return complain(read.error());
    baseline = *std::move(read);
  }
  std::size_t gone = 0;
  const analysis::IsOn is_on = [&](std::string_view code) { return analysis::is_on(code, *rules); };
  const auto check = [&]() -> Result<analysis::CheckedFiles, WrongUse> {
    std::vector<std::string> paths;
    analysis::CheckedFiles checked;
    for (const std::string& file : *files) {
      if (file != "-") {
        paths.push_back(file);
        continue;
      }
      auto text = read_file(file);
      if (!text) return text.error();
      checked.push_back(analysis::lint_text(*std::move(text),
                                            options.stdin_filename.empty() ? file : options.stdin_filename, *rules));
    }
    LintedFiles linted = lint_files(paths, *rules, options.jobs, !options.no_progress);
    for (const auto& skipped : linted.skipped) {
      // The others are checked all the same, but the run is not a whole one.
      status = complain({fmt::format("cannot read \"{}\": {}", display(skipped.path), display(skipped.reason)), ""});
    }
    unread = std::move(linted.unread);
    if (changed) {
      std::erase_if(linted.checked, [&](const analysis::CheckedFile& file) {
        std::error_code fault;
        const std::filesystem::path path = std::filesystem::weakly_canonical(file.name, fault);
        return !changed->contains(path.string());
      });
    }
    std::move(linted.checked.begin(), linted.checked.end(), std::back_inserter(checked));
    ignore_by_path(*config, checked);
    if (baseline) gone = baseline->apply(checked, key_in(folder_of(options.baseline)), is_on);
    return checked;
  };
  auto all = check();
  if (!all) return complain(all.error());
  if (options.fix) {
    if (std::find(files->begin(), files->end(), "-") != files->end()) {
      return complain({"standard input cannot be mended in place", "--diff shows what to change"});
    }
    std::size_t fixed = 0;
    // One fix can make way for another; more rounds than this mean that two of them fight.
    for (int round = 0; round < kMaxFixRounds; ++round) {
      const auto count = write_fixes(*all, options.unsafe_fixes);
      if (!count) return complain(count.error());
      if (*count == 0) break;
      fixed += *count;
      all = check();
      if (!all) return complain(all.error());
    }
    write(2, fmt::format("mended {} finding{}\n", fixed, fixed == 1 ? "" : "s"));
  }
  const analysis::CheckedFiles& checked = *all;
  if (gone > 0) {
    warn(fmt::format("{} of the findings in \"{}\" {} gone: --update-baseline forgets them", gone,
                     display(options.baseline), gone == 1 ? "is" : "are"));
  }
  int found = *status_of(analysis::tally(checked), options.fail_on);
  if (options.diff) {
    show_fixes(checked, options.unsafe_fixes);
    if (const std::size_t left = count_unfixed(checked, options.unsafe_fixes)) {
      warn(fmt::format("{} finding{} no fix that is shown here", left, left == 1 ? " has" : "s have"));
    }
  } else if (options.update_baseline) {
    found = update_baseline(options.baseline, checked, is_on);
  } else {
    show_findings(checked, options, *format);
  }
  tell_unread(unread);
  for (const ReportFile& report : *reports) {
    if (write_file(report.path, analysis::format_findings(report.format, checked, {}))) continue;
    status = complain({fmt::format("cannot write \"{}\": {}", display(report.path), std::strerror(errno)), ""});
  }
  return status != kSuccess ? status : found;
}

/// When the files below `paths` were written and how large they are, without those that lint writes itself.
std::map<std::string, std::pair<std::filesystem::file_time_type, std::uintmax_t>> state_of(
    const std::vector<std::string>& paths, const std::set<std::filesystem::path>& written) {
  std::map<std::string, std::pair<std::filesystem::file_time_type, std::uintmax_t>> state;
  const analysis::SourceTree tree = analysis::SourceTree::walk(paths);
  for (const analysis::SourceFile& file : tree.files()) {
    std::error_code fault;
    std::string path = tree.shown_path(file);
    if (!written.empty() && written.contains(std::filesystem::weakly_canonical(path, fault))) continue;
    const auto time = std::filesystem::last_write_time(path, fault);
    const auto size = std::filesystem::file_size(path, fault);
    state.emplace(std::move(path), std::pair(time, size));
  }
  return state;
}

/// Lints again and again; ends only with the first wrong use, or by a signal.
int watch(const LintCommandOptions& options) {
  constexpr std::chrono::milliseconds kEvery{300};
  const auto files = files_of(options);
  if (!files) return complain(files.error());
  if (std::find(files->begin(), files->end(), "-") != files->end() || options.files_from == "-") {
    return complain({"standard input cannot be watched", "name files or folders"});
  }
  std::error_code fault;
  std::vector<std::string> watched = *files;
  std::set<std::filesystem::path> written;
  if (const auto config = config_of(options)) {
    if (!config->file.empty()) watched.push_back(config->file.string());
    const std::string baseline = configured(options, *config).baseline;
    if (!baseline.empty()) watched.push_back(baseline);
    if (options.update_baseline) written.insert(std::filesystem::weakly_canonical(baseline, fault));
  }
  if (const auto reports = reports_of(options)) {
    for (const ReportFile& report : *reports) written.insert(std::filesystem::weakly_canonical(report.path, fault));
  }
  for (bool first = true;; first = false) {
    const auto before = state_of(watched, written);
    // Later a file may be away for a moment, or be half typed.
    if (const int status = lint(options); status == kWrongUse && first) return status;
    write(2, "watching; Ctrl-C ends it\n");
    while (state_of(watched, written) == before) std::this_thread::sleep_for(kEvery);
    write(1, isatty(1) == 1 ? "\x1B[2J\x1B[H" : "\n");
  }
}

}  // namespace

int lint_command(int argc, char** argv) {
  const LintOptionsRead read = read_lint_options(argc, argv);
  if (read.status) return *read.status;
  return read.options.watch ? watch(read.options) : lint(read.options);
}

int rules_command(int argc, char** argv) {
  const RulesOptionsRead read = read_rules_options(argc, argv);
  if (read.status) return *read.status;
  write(1, read.options.markdown ? analysis::rules_markdown()
           : read.options.json   ? analysis::rules_json()
                                 : analysis::list_rules(style_of(1)));
  return kSuccess;
}

int schema_command(int argc, char** argv) {
  if (const auto status = read_schema_options(argc, argv)) return *status;
  write_json(1, config_schema());
  return kSuccess;
}

int explain_command(int argc, char** argv) {
  const RulesOptionsRead read = read_explain_options(argc, argv);
  if (read.status) return *read.status;
  const analysis::Rule* rule = analysis::find_rule(read.options.rule);
  if (rule) {
    write(1, analysis::explain_rule(*rule, style_of(1)));
    return kSuccess;
  }
  std::vector<std::string_view> names;
  for (const analysis::Rule* r : analysis::all_rules()) names.push_back(r->name);
  const auto meant = nearest(read.options.rule, names);
  return complain({fmt::format("no rule is named \"{}\"", display_word(read.options.rule)),
                   meant ? fmt::format("did you mean \"{}\"?", *meant) : "`stepglass rules` lists them"});
}

}  // namespace stepglass::cli
