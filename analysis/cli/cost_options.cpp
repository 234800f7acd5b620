#include "analysis/cli/cost_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

CostOptionsRead read_cost_options(int argc, char** argv) {
  CostOptionsRead read;
  CostCommandOptions& options = read.options;
  CommandLine line("Says what state machines cost: transitions, time and money, from their definitions.",
                   "stepglass cost");
  line.add_option("PATH", options.paths,
                  "files and folders: definitions, templates, serverless.yml, Terraform (default: the current folder); "
                  "- reads standard input");
  line.add_option("--executions", options.executions,
                  "of each machine, e.g. 1M/month, 500/day, 3/s (default: 1000000 a month)")
      .type_name("N[/UNIT]");
  line.add_option("--region", options.region, "the region of the prices (default: us-east-1)").type_name("REGION");
  line.add_option("--type", options.type, "of machines whose type nothing says (default: STANDARD)").type_name("TYPE");
  line.add_flag("--free-tier", options.free_tier, "the first 4,000 transitions of a month cost nothing");
  line.add_option("--assume", options.assume,
                  "an assumption: STATE.items=4, STATE.choices=[0.9,0.1], STATE.max_rounds=20")
      .type_name("NAME=VALUE")
      .allow_extra_args(false);
  line.add_option("--assumptions", options.assumption_files, "a file of assumptions: YAML or JSON")
      .type_name("FILE")
      .allow_extra_args(false);
  line.add_option("--observe", options.observed,
                  "the history of an execution, as GetExecutionHistory gives it: what it did is assumed")
      .type_name("FILE")
      .allow_extra_args(false);
  line.add_flag("--write-assumptions", options.write_assumptions,
                "write the file of assumptions to fill in instead of the cost");
  line.add_option("--machine", options.machines, "the definition of a machine that tasks start, by name or ARN")
      .type_name("NAME=FILE")
      .allow_extra_args(false);
  line.add_option("--paths", options.paths_shown, "how many of the likeliest ways to show (default: 1)").type_name("N");
  line.add_flag("--ledgers", options.ledgers, "the ledger of each machine also where there are several");
  line.add_option("--simulate", options.simulate, "play N executions by chance, too, and show how they spread")
      .type_name("N");
  line.add_option("--seed", options.seed, "of the simulation (default: 1)").type_name("N");
  line.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)").type_name("N");
  line.add_flag("--no-progress", options.no_progress, "no bar on a terminal when it takes long");
  line.add_option("-o,--output-format,--format", options.format, "text, json, markdown or csv (default: text)")
      .type_name("FORMAT");
  line.add_option("--compare-to", options.compare_to,
                  "what changed: since a commit, or against a report that --format json wrote")
      .type_name("git:REF|FILE");
  line.add_option("--comment-when", options.comment_when,
                  "with --compare-to, when to write anything: always, change or increase (default: always)")
      .type_name("WHEN");
  line.add_option("--fail-above", options.fail_above,
                  "exit status 1 when a month costs more than this: 500 or $500/month")
      .type_name("USD");
  line.add_option("--fail-increase", options.fail_increase,
                  "with --compare-to, exit status 1 when a month becomes dearer by more: 10% or $50")
      .type_name("SHARE|USD");
  line.add_flag("--fail-unbounded", options.fail_unbounded, "exit status 1 when a machine has no most");
  line.add_option("--infracost-usage", options.infracost_usage, "write a usage file for Infracost as well")
      .type_name("FILE");
  line.footer(
      "Examples:\n"
      "  stepglass cost order.asl.json --executions 1M/month\n"
      "  stepglass cost order.asl.json --assume Reserve.items=4 --assume 'Charge.failure_rate=8 %' --paths 5\n"
      "  stepglass cost order.asl.json --write-assumptions > cost.yaml\n"
      "  stepglass cost order.asl.json --assumptions cost.yaml --simulate 100000\n"
      "  stepglass cost --compare-to git:origin/main --fail-increase 10% --format markdown\n"
      "\n"
      "What counts as a transition: every state that is entered and every retry. Exit status: 0, 1 a gate is exceeded, "
      "2\n"
      "wrong use or files that cannot be read, 3 a fault of Stepglass.\n");
  read.status = line.parse(argc, argv);
  return read;
}

}  // namespace stepglass::cli
