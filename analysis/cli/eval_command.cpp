// stepglass eval: a JSONata expression on its own. The value goes to standard output, why there is none to standard
// error, with the place in the expression.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/api/jsonata.h"
#include "analysis/api/reply.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/eval_options.h"
#include "analysis/cli/read.h"
#include "analysis/report/excerpt.h"
#include "analysis/report/pretty_json.h"
#include "engine/document/document.h"
#include "engine/model/timestamp.h"
#include "engine/support/text.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

using analysis::Style;
using analysis::Tone;

Result<Value, WrongUse> read_data(std::string_view what, std::string_view text) {
  auto value = read_value(text);
  if (value) return *std::move(value);
  return broken_json(what, read_json(std::string(text)), value.error());
}

/// The expression without the {% %} that it has in a definition.
std::string_view without_marks(std::string_view text) {
  const auto trimmed = [](std::string_view part) {
    const std::size_t begin = part.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return std::string_view();
    return part.substr(begin, part.find_last_not_of(" \t\r\n") - begin + 1);
  };
  const std::string_view whole = trimmed(text);
  if (whole.size() < 4 || !whole.starts_with("{%") || !whole.ends_with("%}")) return text;
  return trimmed(whole.substr(2, whole.size() - 4));
}

/// Whether `data` is a $states and not the input in it.
bool is_states_object(const Value& data) {
  if (!data.is_object() || data.size() == 0) return false;
  return std::all_of(data.members().begin(), data.members().end(), [](const Member& member) {
    const std::string_view key = member.key;
    return key == "input" || key == "result" || key == "errorOutput" || key == "context";
  });
}

/// The bytes of the expression that an error is about: the token that ends at its place, the name of the function whose
/// bracket ends there, or the character before it.
Span place_of(const jsonata::Error& error, std::string_view text) {
  std::size_t end = 0;
  for (std::size_t units = 0; units < error.position && end < text.size();) {
    units += next_code_point(text, end) > 0xFFFF ? 2 : 1;
  }
  const std::string_view token = error.token ? std::string_view(*error.token) : std::string_view();
  const auto ends_with_token = [&](std::size_t at) { return !token.empty() && text.substr(0, at).ends_with(token); };
  const auto span_of_token = [&](std::size_t at) {
    std::size_t begin = at - token.size();
    if (begin > 0 && text[begin - 1] == '$') --begin;
    return Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
  };
  if (token == "(end)") return {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size())};
  if (ends_with_token(end)) return span_of_token(end);
  if (end > 0 && text[end - 1] == '(' && ends_with_token(end - 1)) return span_of_token(end - 1);
  std::size_t begin = end;
  while (begin > 0 && (begin == end || (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)) --begin;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::string error_text(const jsonata::Error& error, std::string_view expression, const std::string& name,
                       const Style& style) {
  std::string out = analysis::paint(style, Tone::Bad, "error");
  out += analysis::paint(style, Tone::Strong,
                         fmt::format(": {}{}{}", error.code, error.code.empty() ? "" : ": ", display(error.message)));
  out += '\n';
  const Span span = place_of(error, expression);
  const std::string_view before = expression.substr(0, span.begin);
  const std::size_t newline = before.rfind('\n');
  const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
  const Position start{
      .line = static_cast<decltype(Position::line)>(1 + std::count(before.begin(), before.end(), '\n')),
      .column = static_cast<decltype(Position::column)>(1 + count_utf16_units(line))};
  analysis::append_excerpt(out, span, expression, start, name, {}, style, Tone::Bad);
  return out;
}

/// Variables by name.
Result<ObjectBuilder, WrongUse> read_bindings(const EvalCommandOptions& options) {
  ObjectBuilder bindings;
  for (const std::string& binding : options.bindings) {
    const std::size_t split = binding.find('=');
    if (split == std::string::npos || split == 0) {
      return WrongUse{fmt::format("--bind {}: there is no \"=\"", display_word(binding)), "write --bind 'NAME=JSON'"};
    }
    std::string_view name = std::string_view(binding).substr(0, split);
    if (name.starts_with('$')) name.remove_prefix(1);
    auto text = text_or_file(binding.substr(split + 1));
    if (!text) return std::move(text).error();
    auto value = read_data(fmt::format("--bind {}", display_word(name)), *text);
    if (!value) return std::move(value).error();
    bindings.set(name, *std::move(value));
  }
  return bindings;
}

int evaluate(const EvalCommandOptions& options) {
  std::string text = options.expression;
  std::string name = "expression";
  if (text.starts_with('@')) {
    name = display(text.substr(1));
    auto read = read_file(text.substr(1));
    if (!read) return complain(read.error());
    text = *std::move(read);
  }
  if (find_invalid_utf8(text)) return complain({"the expression is no UTF-8 text", ""});
  analysis::JsonataRequest request;
  request.expression = without_marks(text);
  request.dialect = options.states ? jsonata::Dialect::States : jsonata::Dialect::Standard;
  request.budget = jsonata::default_budget(request.dialect);
  request.seed = options.seed;
  if (!options.now.empty()) {
    const auto now = parse_timestamp(options.now);
    if (!now) {
      return complain(
          {fmt::format("--now: \"{}\" is no time", display_word(options.now)), "write it as 2025-01-31T12:00:00Z"});
    }
    request.now_ms = now->seconds * 1000 + now->nanoseconds / 1'000'000;
  }
  auto bindings = read_bindings(options);
  if (!bindings) return complain(bindings.error());
  if (!options.data.empty() || !options.input.empty()) {
    const bool is_file = !options.data.empty();
    auto given = is_file                ? read_file(options.data)
                 : options.input == "-" ? read_file("-")
                                        : text_or_file(options.input);
    if (!given) return complain(given.error());
    auto data = read_data(is_file && options.data != "-" ? display(options.data) : std::string("the data"), *given);
    if (!data) return complain(data.error());
    if (options.states) {
      ObjectBuilder states;
      if (!is_states_object(*data)) {
        states.set("input", *std::move(data));
        states.set("context", Value::empty_object());
        data = std::move(states).build();
      }
      bindings->set("states", *std::move(data));
    } else {
      request.data = *std::move(data);
    }
  }
  request.bindings = std::move(*bindings).build();

  const auto result = analysis::evaluate_jsonata(request);
  const Style style = style_of(2);
  if (!result) {
    write(2, error_text(result.error(), request.expression, name, style));
    return kFindings;
  }
  if (!*result) {
    write(2, analysis::paint(style, Tone::Faint, "undefined: the expression gives nothing") + '\n');
    return kSuccess;
  }
  const Value& value = **result;
  if (value.has_opaque()) {
    write(2, analysis::paint(style, Tone::Faint,
                             value.is_opaque() ? "the expression gives a function"
                                               : "the value has a function in it, which is no JSON") +
                 '\n');
    return kSuccess;
  }
  if (json_size(value) > analysis::kMaxReplyBytes) {
    return complain({fmt::format("the value is larger than {} MiB", analysis::kMaxReplyBytes >> 20), ""});
  }
  std::optional<std::string> out;
  if (!options.compact) out = analysis::pretty_json(value, analysis::kMaxReplyBytes);
  write_json(1, (out ? *out : to_json(value, NumberStyle::ECMAScript)) + '\n');
  return kSuccess;
}

}  // namespace

int eval_command(int argc, char** argv) {
  const EvalOptionsRead read = read_eval_options(argc, argv);
  return read.status ? *read.status : evaluate(read.options);
}

}  // namespace stepglass::cli
