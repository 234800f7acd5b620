// stepglass: the command-line program. Exit status 0 done, 1 a failed execution, 2 wrong use, 3 our own fault.

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

struct Command {
  std::string_view name;
  std::string_view summary;
  int (*call)(int argc, char** argv);
};

constexpr Command kCommands[] = {
    {"run", "run a state machine with mocked tasks, in virtual time", run_command},
    {"lint", "say what is wrong in definitions, where, and what to do", lint_command},
    {"fmt", "lay out definitions, changing white space only", fmt_command},
    {"rules", "list what lint finds", rules_command},
    {"explain", "explain one rule, with examples", explain_command},
    {"schema", "write the JSON Schema of the configuration file", schema_command},
    {"cost", "say what state machines cost, before they are deployed", cost_command},
    {"diff", "say what became of a definition, and of its cost", diff_command},
    {"list", "list the state machines of a repository", list_command},
    {"graph", "draw the flow as SVG, or write it as DOT, Mermaid, PlantUML or JSON", graph_command},
    {"embed", "write a machine as HTML for a page of documentation", embed_command},
    {"serve", "open the playground in a browser, with the workflows of a folder", serve_command},
    {"state", "test one state alone, as TestState does", state_command},
    {"eval", "evaluate a JSONata expression", eval_command},
    {"functions", "list the functions of JSONata and the intrinsic functions", functions_command},
    {"batch", "answer requests of the call protocol, one JSON text per line", batch_command},
};

std::string help() {
  std::string text =
      "Stepglass runs, checks and prices AWS Step Functions state machines: no AWS account, no network, no waiting.\n"
      "\n"
      "Usage: stepglass COMMAND [OPTIONS]\n"
      "\n"
      "Commands:\n";
  for (const Command& command : kCommands) text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  text +=
      "\n"
      "Options:\n"
      "  -h, --help     this text; `stepglass COMMAND --help` for the options of a command\n"
      "  --version      the version\n"
      "\n"
      "Examples:\n"
      "  stepglass run order.asl.json -i '{\"id\": 7}' --mock 'Charge={\"ok\": true}'\n"
      "  stepglass run order.asl.json -i @order.json --mocks mocks.json --trace history\n"
      "  stepglass lint order.asl.json\n"
      "  stepglass cost order.asl.json --executions 1M/month\n"
      "  stepglass state order.asl.json Charge -i '{\"id\": 7}' --mock '{\"error\": \"Card.Declined\"}'\n"
      "  stepglass eval '$sum(lines.(price * quantity))' -d order.json\n"
      "  stepglass batch -j 4 < requests.jsonl > replies.jsonl\n"
      "\n"
      "Exit status: 0 succeeded, 1 an execution failed or something was found, 2 wrong use, 3 a fault of Stepglass.\n";
  return text;
}

int dispatch(int argc, char** argv) {
  if (argc < 2) {
    write(2, help());
    return kWrongUse;
  }
  const std::string_view name = argv[1];
  if (name == "--help" || name == "-h" || name == "help") {
    if (argc > 2 && name == "help") {
      for (const Command& command : kCommands) {
        if (command.name != argv[2]) continue;
        std::string flag = "--help";
        char* arguments[] = {argv[2], flag.data(), nullptr};
        return command.call(2, arguments);
      }
    }
    write(1, help());
    return kSuccess;
  }
  if (name == "--version" || name == "version") {
    write(1, "stepglass " STEPGLASS_VERSION "\n");
    return kSuccess;
  }
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) {
    if (command.name == name) return command.call(argc - 1, argv + 1);
    names.push_back(command.name);
  }
  const auto meant = nearest(name, names);
  return complain({fmt::format("unknown command \"{}\"", display(name)),
                   meant ? fmt::format("did you mean \"{}\"?", *meant) : std::string("stepglass --help")});
}

}  // namespace
}  // namespace stepglass::cli

int main(int argc, char** argv) {
  using namespace stepglass;
  try {
    const int status = cli::dispatch(argc, argv);
    const char* fault = cli::output_fault();
    if (!fault) return status;
    cli::write(2, fmt::format("stepglass: the output could not be written: {}\n", fault));
    return cli::kWrongUse;
  } catch (const std::exception& fault) {
    cli::write(2, fmt::format("stepglass: a fault of our own, please report it: {}\n", display(fault.what())));
  } catch (...) {
    cli::write(2, "stepglass: a fault of our own, please report it\n");
  }
  return cli::kOurFault;
}
