#include "analysis/cli/cost_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

CostOptionsRead read_cost_options(int argc, char** argv) {
  CostOptionsRead read;
  CostCommandOptions& options = read.options;
  CLI::App app("Says what state machines cost: transitions, time and money, from their definitions.", "stepglass cost");
  app.add_option("PATH", options.paths,
                 "files and folders: definitions, templates, serverless.yml, Terraform (default: the current folder); "
                 "- reads standard input");
  app.add_option("--executions", options.executions,
                 "of each machine, e.g. 1M/month, 500/day, 3/s (default: 1000000 a month)")
      ->type_name("N[/UNIT]");
  app.add_option("--region", options.region, "the region of the prices (default: us-east-1)")->type_name("REGION");
  app.add_option("--type", options.type, "of machines whose type nothing says (default: STANDARD)")->type_name("TYPE");
  app.add_flag("--free-tier", options.free_tier, "the first 4,000 transitions of a month cost nothing");
  app.add_option("--assume", options.assume,
                 "an assumption: STATE.items=4, STATE.choices=[0.9,0.1], STATE.max_rounds=20")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--assumptions", options.assumption_files, "a file of assumptions: YAML or JSON")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--observe", options.observed,
                 "the history of an execution, as GetExecutionHistory gives it: what it did is assumed")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag("--write-assumptions", options.write_assumptions,
               "write the file of assumptions to fill in instead of the cost");
  app.add_option("--machine", options.machines, "the definition of a machine that tasks start, by name or ARN")
      ->type_name("NAME=FILE")
      ->allow_extra_args(false);
  app.add_option("--paths", options.paths_shown, "how many of the likeliest ways to show (default: 1)")->type_name("N");
  app.add_flag("--ledgers", options.ledgers, "the ledger of each machine also where there are several");
  app.add_option("--simulate", options.simulate, "play N executions by chance, too, and show how they spread")
      ->type_name("N");
  app.add_option("--seed", options.seed, "of the simulation (default: 1)")->type_name("N");
  app.add_option("-j,--jobs", options.jobs, "threads (default: one for each core)")->type_name("N");
  app.add_flag("--no-progress", options.no_progress, "no bar on a terminal when it takes long");
  app.add_option("-o,--output-format,--format", options.format, "text, json, markdown or csv (default: text)")
      ->type_name("FORMAT");
  app.add_option("--compare-to", options.compare_to,
                 "what changed: since a commit, or against a report that --format json wrote")
      ->type_name("git:REF|FILE");
  app.add_option("--comment-when", options.comment_when,
                 "with --compare-to, when to write anything: always, change or increase (default: always)")
      ->type_name("WHEN");
  app.add_option("--fail-above", options.fail_above,
                 "exit status 1 when a month costs more than this: 500 or $500/month")
      ->type_name("USD");
  app.add_option("--fail-increase", options.fail_increase,
                 "with --compare-to, exit status 1 when a month becomes dearer by more: 10% or $50")
      ->type_name("SHARE|USD");
  app.add_flag("--fail-unbounded", options.fail_unbounded, "exit status 1 when a machine has no most");
  app.add_option("--infracost-usage", options.infracost_usage, "write a usage file for Infracost as well")
      ->type_name("FILE");
  app.footer(
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
  read.status = parse_options(app, argc, argv);
  return read;
}

}  // namespace stepglass::cli
