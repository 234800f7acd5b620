#include "analysis/cli/state_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

StateOptionsRead read_state_options(int argc, char** argv) {
  CommandLine line(
      "Tests one state alone, as the service's TestState API does: shows every stage of its data, and which "
      "retrier or catcher would take its error.",
      "stepglass state");
  StateOptionsRead read;
  StateCommandOptions& options = read.options;
  line.add_option("FILE", options.file, "the definition, a JSON file; - reads standard input");
  line.add_option("STATE", options.state, "the name of the state, at any depth");
  line.add_option("-i,--input", options.input, "the raw input of the state: JSON, @FILE, or - (default: {})")
      .type_name("JSON|@FILE|-");
  line.add_option("--mock", options.mock,
                  "what the work of the state answers: a result, or {\"error\": …, \"cause\": …}")
      .type_name("JSON|@FILE");
  line.add_option("--validation", options.validation,
                  "how the mock is checked against the called API: STRICT, PRESENT or NONE (default: STRICT)")
      .type_name("MODE");
  line.add_option("--variables", options.variables, "variables that have a value, an object").type_name("JSON|@FILE");
  line.add_option("--context", options.context, "the context object").type_name("JSON|@FILE");
  line.add_option("--retries", options.retries, "retries that were made before (default: 0)")
      .type_name("N")
      .non_negative();
  line.add_option("--type", options.type, "STANDARD or EXPRESS (default: STANDARD)").type_name("TYPE");
  line.add_option("--trace", options.trace, "text for people, or json, the answer of the API (default: text)")
      .type_name("text|json");
  line.footer(
      "Examples:\n"
      "  stepglass state order.asl.json Total -i '{\"items\": [1, 2]}'\n"
      "  stepglass state order.asl.json Charge -i @order.json --mock '{\"error\": \"Card.Declined\"}'\n"
      "\n"
      "Exit status: 0 succeeded or caught, 1 failed or to be tried again, 2 wrong use, 3 a fault of Stepglass.");
  read.status = line.parse(argc, argv, {"FILE", "STATE"});
  return read;
}

}  // namespace stepglass::cli
