#include "analysis/cli/lint_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

LintOptionsRead read_lint_options(int argc, char** argv) {
  LintOptionsRead read;
  LintCommandOptions& options = read.options;
  CommandLine line("Says what is wrong in definitions, where, why, and what to do.", "stepglass lint");
  line.add_option("PATH", options.files,
                  "files and folders: definitions, templates, serverless.yml, Terraform (default: the current folder); "
                  "- reads standard input");
  line.add_option("--files-from", options.files_from, "a file with more names, one per line; - reads standard input")
      .type_name("FILE");
  line.add_option("--stdin-filename", options.stdin_filename, "what standard input is called; decides its format")
      .type_name("NAME");
  line.add_option("--type", options.type, "STANDARD or EXPRESS (default: STANDARD)").type_name("TYPE");
  line.add_option("-o,--output-format", options.format,
                  "text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjsonl or markdown "
                  "(default: text)")
      .type_name("FORMAT");
  line.add_option("--report", options.reports, "write another report into a file as well")
      .type_name("FORMAT=PATH")
      .allow_extra_args(false);
  line.add_option("--select", options.select,
                  "only these rules: names, codes, beginnings of codes such as ASL4, or all; several by commas")
      .type_name("RULE")
      .delimiter(',')
      .allow_extra_args(false);
  line.add_option("--ignore", options.ignore, "not these rules")
      .type_name("RULE")
      .delimiter(',')
      .allow_extra_args(false);
  line.add_option("--severity", options.severities, "another severity for a rule: error, warning or info")
      .type_name("RULE=LEVEL")
      .delimiter(',')
      .allow_extra_args(false);
  line.add_option("--fail-on", options.fail_on,
                  "the least severity that makes the exit status 1: error, warning, info or never (default: info)")
      .type_name("LEVEL");
  line.add_flag("--fix", options.fix, "mend what can be mended without changing what a definition means");
  line.add_flag("--unsafe-fixes", options.unsafe_fixes, "with --fix or --diff: also what has to be looked at");
  line.add_flag("--diff", options.diff, "show what --fix would change, and change nothing");
  line.add_flag("--watch", options.watch, "again whenever a file changes, until it is interrupted");
  line.add_option("--since", options.since, "only files that differ from this commit of git, or are new")
      .type_name("REF");
  line.add_option("--baseline", options.baseline, "what this file knows of is not told again").type_name("FILE");
  line.add_flag("--update-baseline", options.update_baseline, "write all that is found into the baseline instead");
  line.add_option("--config", options.config,
                  "the configuration (default: the nearest .stepglass.json, .stepglass.yaml, stepglass.json or "
                  "stepglass.yaml upwards)")
      .type_name("FILE");
  line.add_flag("--isolated", options.isolated, "no configuration file");
  line.add_flag("--no-progress", options.no_progress, "no bar on a terminal when it takes long");
  line.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)").type_name("N");
  line.add_flag("--statistics", options.statistics, "count what each rule found instead of showing it");
  line.add_flag("--no-inline", options.no_inline, "leave aside the directives stepglass:ignore[RULE] in Comments");
  line.footer(
      "Examples:\n"
      "  stepglass lint\n"
      "  stepglass lint order.asl.json infra/\n"
      "  stepglass lint -o concise --fail-on error flows/*.asl.yaml\n"
      "  stepglass lint --report sarif=lint.sarif -o github order.asl.json\n"
      "  git ls-files '*.asl.json' | stepglass lint --files-from -\n"
      "\n"
      "A Comment such as \"stepglass:ignore[busy-loop] the cursor moves\" covers its state.\n"
      "Exit status: 0 nothing found, 1 something found, 2 wrong use or unreadable files, 3 a fault of Stepglass.\n");
  read.status = line.parse(argc, argv);
  return read;
}

RulesOptionsRead read_rules_options(int argc, char** argv) {
  RulesOptionsRead read;
  CommandLine line("Lists the rules of `stepglass lint`.", "stepglass rules");
  line.add_flag("--markdown", read.options.markdown, "all about them, as Markdown");
  line.add_flag("--json", read.options.json, "all about them, as JSON");
  read.status = line.parse(argc, argv);
  return read;
}

std::optional<int> read_schema_options(int argc, char** argv) {
  CommandLine line("Writes the JSON Schema of .stepglass.json.", "stepglass schema");
  return line.parse(argc, argv);
}

RulesOptionsRead read_explain_options(int argc, char** argv) {
  RulesOptionsRead read;
  CommandLine line("Explains a rule of `stepglass lint`: why, with examples.", "stepglass explain");
  line.add_option("RULE", read.options.rule, "its name or code");
  read.status = line.parse(argc, argv, {"RULE"});
  return read;
}

}  // namespace stepglass::cli
