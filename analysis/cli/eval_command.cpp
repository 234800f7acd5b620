// stepglass eval: one JSONata expression at a terminal.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/jsonata.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "engine/document/document.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

struct EvalOptions {
  std::string expression;
  std::string data;
  std::vector<std::string> bindings;
  bool states = false;
  bool compact = false;
  std::uint64_t seed = 0;
};

Result<Value, WrongUse> read_json_value(std::string_view what, const std::string& text) {
  auto value = read_value(text);
  if (value) return *std::move(value);
  return WrongUse{fmt::format("{} is no JSON: {}", what, value.error().message), "give JSON text, a file name or -"};
}

/// What $states is for the data that was given: the data itself when it has the members of $states, else its input.
Value states_of(const Value& data) {
  for (const std::string_view member : {"input", "result", "errorOutput", "context"}) {
    if (data.find(member)) return data;
  }
  ObjectBuilder states(2);
  states.set("input", data);
  states.set("context", Value::empty_object());
  return std::move(states).build();
}

/// The line of the expression that the error is about, with a caret below its place.
std::string excerpt(std::string_view expression, std::size_t units) {
  std::size_t offset = 0;
  for (std::size_t seen = 0; offset < expression.size() && seen < units;) {
    seen += next_code_point(expression, offset) >= 0x10000 ? 2 : 1;
  }
  const std::size_t last = offset > 0 ? offset - 1 : 0;
  const std::size_t newline = expression.rfind('\n', last > 0 ? last - 1 : 0);
  const std::size_t begin = newline == std::string_view::npos || last == 0 ? 0 : newline + 1;
  const std::size_t end = std::min(expression.find('\n', last), expression.size());
  constexpr std::size_t kMaxShown = 200;
  if (end - begin > kMaxShown) return {};
  const std::string before = display(expression.substr(begin, std::max(last, begin) - begin));
  return fmt::format("  {}\n  {}^\n", display(expression.substr(begin, end - begin)),
                     std::string(count_code_points(before), ' '));
}

std::optional<int> read_options(EvalOptions& options, int argc, char** argv) {
  CLI::App app("Evaluates a JSONata expression and prints what it gives as JSON.\n", "stepglass eval");
  app.add_option("EXPRESSION", options.expression, "the expression; {% … %} around it is taken off");
  app.add_option("-d,--data", options.data, "the document: a file, or - for standard input");
  app.add_option("-b,--bind", options.bindings, "NAME=JSON: a variable (repeatable)");
  app.add_flag("--states", options.states,
               "as Step Functions evaluates it: the data is $states.input, or $states when it has its members");
  app.add_flag("-c,--compact", options.compact, "on one line");
  app.add_option("--seed", options.seed, "of $random, $uuid and $shuffle");
  app.footer(
      "Examples:\n"
      "  stepglass eval '$sum([1..10])'\n"
      "  stepglass eval '$sum(lines.(price * quantity))' -d order.json\n"
      "  stepglass eval '{% $states.input.id %}' --states -d input.json\n");
  return parse_options(app, argc, argv, {"EXPRESSION"});
}

}  // namespace

int eval_command(int argc, char** argv) {
  EvalOptions options;
  if (const auto status = read_options(options, argc, argv)) return *status;

  analysis::JsonataRequest request;
  request.dialect = options.states ? jsonata::Dialect::States : jsonata::Dialect::Standard;
  request.budget = jsonata::default_budget(request.dialect);
  request.seed = options.seed;
  std::string_view expression = options.expression;
  if (expression.starts_with("{%") && expression.ends_with("%}") && expression.size() >= 4) {
    expression = expression.substr(2, expression.size() - 4);
  }
  request.expression = expression;

  ObjectBuilder bindings;
  for (const std::string& binding : options.bindings) {
    const std::size_t equals = binding.find('=');
    if (equals == std::string::npos || equals == 0) {
      return complain({fmt::format("--bind is NAME=JSON, not \"{}\"", display_word(binding)), ""});
    }
    const std::string_view name =
        std::string_view(binding).substr(binding[0] == '$' ? 1 : 0, equals - (binding[0] == '$'));
    auto value = read_json_value(fmt::format("--bind {}", display_word(name)), binding.substr(equals + 1));
    if (!value) return complain(value.error());
    bindings.set(name, *std::move(value));
  }
  if (!options.data.empty()) {
    auto text = read_file(options.data);
    if (!text) return complain(text.error());
    auto data = read_json_value(options.data == "-" ? "standard input" : options.data, *text);
    if (!data) return complain(data.error());
    if (options.states) {
      bindings.set("states", states_of(*data));
    } else {
      request.data = *std::move(data);
    }
  }
  request.bindings = std::move(bindings).build();

  const auto result = analysis::evaluate_jsonata(request);
  if (!result) {
    const jsonata::Error& error = result.error();
    std::string text = fmt::format("error{}: {}\n", error.code.empty() ? "" : " " + error.code, display(error.message));
    if (error.position > 0) text += excerpt(request.expression, error.position);
    write(2, text);
    return kFindings;
  }
  if (!*result) {
    write(2, "undefined: the expression gives nothing\n");
    return kSuccess;
  }
  if ((*result)->has_opaque()) {
    write(2, "the expression gives a function, which is no JSON\n");
    return kSuccess;
  }
  std::string out;
  if (options.compact) {
    append_json(out, **result, NumberStyle::ECMAScript);
  } else {
    append_indented_json(out, **result, NumberStyle::ECMAScript);
  }
  out += '\n';
  write_json(1, out);
  return kSuccess;
}

}  // namespace stepglass::cli
