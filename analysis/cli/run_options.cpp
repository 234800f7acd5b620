#include "analysis/cli/run_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {
namespace {

void add_options(CommandLine& line, RunCommandOptions& options) {
  line.add_option("FILE", options.file, "the definition, a JSON file; - reads standard input");
  line.add_option(
          "-i,--input", options.inputs,
          "the input: JSON, @FILE, or - for standard input; several run one after the other, as do the lines of a "
          "file of JSON lines (default: {})")
      .type_name("JSON|@FILE|-")
      .allow_extra_args(false);
  line.add_option(
          "--mock", options.mocks,
          "what the tasks of a state answer: a result, {\"return\": …}, {\"error\": …, \"cause\": …}, or a list of "
          "these, one per attempt")
      .type_name("STATE=JSON|@FILE")
      .allow_extra_args(false);
  line.add_option("--mocks", options.mock_files, "a file of mocks: state name to list of entries")
      .type_name("FILE")
      .allow_extra_args(false);
  line.add_option("--mock-config", options.mock_config, "a mock configuration of Step Functions Local")
      .type_name("FILE[#MACHINE[#CASE]]");
  line.add_option("--default-mock", options.default_mock,
                  "what a task without mocks answers: its own input (echo) or made-up data in the right shape (sample)")
      .type_name("echo|sample");
  line.add_option("--machine", options.machines, "the definition that a nested execution runs, by name or ARN")
      .type_name("NAME=FILE")
      .allow_extra_args(false);
  line.add_option("--environment", options.environment,
                  "what lies in S3: {\"s3_objects\": [{\"bucket\", \"key\", \"body\"}]}")
      .type_name("JSON|@FILE");
  line.add_option("--context", options.context, "members of the context object that replace the made-up ones")
      .type_name("JSON|@FILE");
  line.add_option("--type", options.type, "STANDARD or EXPRESS (default: STANDARD)").type_name("TYPE");
  line.add_option("--now", options.now, "when the virtual clock starts (default: 2025-01-01T00:00:00Z)")
      .type_name("TIME");
  line.add_option("--seed", options.seed, "for jitter, States.UUID and States.MathRandom (default: 0)").type_name("N");
  line.add_option("--trace", options.trace,
                  "what is told: text for people; json, the whole result; jsonl, one event per line; history, as "
                  "GetExecutionHistory gives it; none, the output only (default: text)")
      .type_name("text|json|jsonl|history|none");
  line.add_option("--inspect", options.inspect, "show how the data moves through this state, stage by stage")
      .type_name("STATE")
      .allow_extra_args(false);
  line.add_option("--until", options.until,
                  "pause at an event, a state of that name, any choice, or any failure; what came before is shown")
      .type_name("EVENT|STATE|choice|error")
      .allow_extra_args(false);
  line.add_option("--change", options.changes,
                  "replace the input of the state that is entered at this event, or the output of the one that is left")
      .type_name("EVENT=JSON|@FILE")
      .allow_extra_args(false);
  line.add_option("--max-events", options.max_events,
                  "events after which an execution fails; 0 for no limit (default: 25000)")
      .type_name("N");
  line.add_option("--max-transitions", options.max_transitions, "transitions after which a run is given up")
      .type_name("N");
  line.footer(
      "Examples:\n"
      "  stepglass run order.asl.json -i '{\"id\": 7}' --mock 'Charge={\"ok\": true}'\n"
      "  stepglass run order.asl.json --mock 'Charge=[{\"error\": \"Card.Declined\"}, {\"return\": {}}]'\n"
      "  stepglass run order.asl.json -i @input.json --mocks mocks.json --inspect Charge\n"
      "  stepglass run order.asl.json --mock-config MockConfigFile.json#Order#HappyPath\n"
      "  stepglass run order.asl.json --default-mock sample --trace none | jq .total\n"
      "\n"
      "Exit status: 0 succeeded, 1 an execution failed, 2 wrong use, 3 a fault of Stepglass.");
}

}  // namespace

RunOptionsRead read_run_options(int argc, char** argv) {
  CommandLine line("Runs a state machine with mocked tasks, in virtual time: a wait of a year passes at once.",
                   "stepglass run");
  RunOptionsRead read;
  add_options(line, read.options);
  read.status = line.parse(argc, argv, {"FILE"});
  return read;
}

}  // namespace stepglass::cli
