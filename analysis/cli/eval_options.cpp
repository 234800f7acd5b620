#include "analysis/cli/eval_options.h"

#include "analysis/cli/options.h"

namespace stepglass::cli {

EvalOptionsRead read_eval_options(int argc, char** argv) {
  CommandLine line(
      "Evaluates a JSONata expression and prints its value as JSON. Without data the expression has no context.",
      "stepglass eval");
  EvalOptionsRead read;
  EvalCommandOptions& options = read.options;
  line.add_option("EXPRESSION", options.expression, "the expression, with or without {% %}; @FILE reads it from a file")
      .type_name("TEXT|@FILE");
  const Option data = line.add_option("-d,--data", options.data, "the file with the data, JSON; - reads standard input")
                          .type_name("FILE|-");
  line.add_option("-i,--input", options.input, "the data itself: JSON, @FILE, or -")
      .type_name("JSON|@FILE|-")
      .excludes(data);
  line.add_flag("--states", options.states,
                "as Step Functions takes it: the data is $states.input, or $states itself when all its members are "
                "input, result, errorOutput or context");
  line.add_option("-b,--bind", options.bindings, "gives the variable $NAME a value; repeatable")
      .type_name("NAME=JSON|@FILE");
  line.add_option("--now", options.now, "what $now gives (default: 2025-01-01T00:00:00Z)").type_name("TIME");
  line.add_option("--seed", options.seed, "for $random, $shuffle and $uuid (default: 0)").type_name("N");
  line.add_flag("-c,--compact", options.compact, "the value on one line");
  line.footer(
      "Examples:\n"
      "  stepglass eval '$sum(lines.(price * quantity))' -d order.json\n"
      "  stepglass eval '{\"n\": $count($states.input.lines) + $n}' --states -d order.json --bind n=1\n"
      "  echo '[1, 2]' | stepglass eval '$map($, $string)' -d -\n"
      "\n"
      "Where the expression gives nothing or a function, standard output stays empty and standard error says so.\n"
      "\n"
      "Exit status: 0 evaluated, 1 the expression is wrong or failed, 2 wrong use, 3 a fault of Stepglass.");
  read.status = line.parse(argc, argv, {"EXPRESSION"});
  return read;
}

}  // namespace stepglass::cli
