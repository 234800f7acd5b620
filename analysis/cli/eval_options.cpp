#include "analysis/cli/eval_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

EvalOptionsRead read_eval_options(int argc, char** argv) {
  CLI::App app(
      "Evaluates a JSONata expression and prints its value as JSON. Without data the expression has no context.",
      "stepglass eval");
  EvalOptionsRead read;
  EvalCommandOptions& options = read.options;
  app.add_option("EXPRESSION", options.expression, "the expression, with or without {% %}; @FILE reads it from a file")
      ->type_name("TEXT|@FILE");
  auto* data = app.add_option("-d,--data", options.data, "the file with the data, JSON; - reads standard input")
                   ->type_name("FILE|-");
  app.add_option("-i,--input", options.input, "the data itself: JSON, @FILE, or -")
      ->type_name("JSON|@FILE|-")
      ->excludes(data);
  app.add_flag("--states", options.states,
               "as Step Functions takes it: the data is $states.input, or $states itself when all its members are "
               "input, result, errorOutput or context");
  app.add_option("-b,--bind", options.bindings, "gives the variable $NAME a value; repeatable")
      ->type_name("NAME=JSON|@FILE");
  app.add_option("--now", options.now, "what $now gives (default: 2025-01-01T00:00:00Z)")->type_name("TIME");
  app.add_option("--seed", options.seed, "for $random, $shuffle and $uuid (default: 0)")->type_name("N");
  app.add_flag("-c,--compact", options.compact, "the value on one line");
  app.footer(
      "Examples:\n"
      "  stepglass eval '$sum(lines.(price * quantity))' -d order.json\n"
      "  stepglass eval '{\"n\": $count($states.input.lines) + $n}' --states -d order.json --bind n=1\n"
      "  echo '[1, 2]' | stepglass eval '$map($, $string)' -d -\n"
      "\n"
      "Where the expression gives nothing or a function, standard output stays empty and standard error says so.\n"
      "\n"
      "Exit status: 0 evaluated, 1 the expression is wrong or failed, 2 wrong use, 3 a fault of Stepglass.");
  read.status = parse_options(app, argc, argv, {"EXPRESSION"});
  return read;
}

}  // namespace stepglass::cli
