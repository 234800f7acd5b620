// stepglass state: one state alone, as the service's TestState does it, with all stages of its data.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/definition.h"
#include "analysis/api/test_state.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/read.h"
#include "analysis/cli/state_options.h"
#include "analysis/mocks/sample.h"
#include "analysis/report/columns.h"
#include "engine/model/state_machine.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

using analysis::Style;
using analysis::Tone;

/// The mock of the API from what --mock takes: a result or {"error": …, "cause": …}.
Result<analysis::TestStateMock, WrongUse> read_mock(const StateCommandOptions& options) {
  analysis::TestStateMock mock;
  auto text = text_or_file(options.mock);
  if (!text) return std::move(text).error();
  auto entries = read_with("--mock", *text, analysis::read_short_mock);
  if (!entries) return std::move(entries).error();
  if (entries->size() != 1) return WrongUse{"--mock: one attempt is tested, so there is one answer", ""};
  const auto& outcome = entries->front().outcome;
  if (const auto* failure = std::get_if<Failure>(&outcome)) {
    mock.error_output = *failure;
  } else {
    mock.result_text = to_json(std::get<Value>(outcome));
  }
  if (options.validation == "STRICT") {
    mock.field_validation = FieldValidation::Strict;
  } else if (options.validation == "PRESENT") {
    mock.field_validation = FieldValidation::Present;
  } else if (options.validation == "NONE") {
    mock.field_validation = FieldValidation::None;
  } else {
    return WrongUse{fmt::format("--validation is STRICT, PRESENT or NONE, not \"{}\"", display(options.validation)),
                    ""};
  }
  return mock;
}

std::string answer_text(const std::string& name, const StateTestAnswer& answer, const Style& style) {
  std::string out;
  const bool good = answer.status == StateTestStatus::Succeeded || answer.status == StateTestStatus::CaughtError;
  out += analysis::paint(style, Tone::Strong, display(name));
  out += "  ";
  out += analysis::paint(style, good ? Tone::Good : Tone::Bad, state_test_status_name(answer.status));
  if (answer.next_state) out += fmt::format(" {} {}", style.arrow(), display(*answer.next_state));
  out += '\n';
  const InspectionData& data = answer.inspection;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const InspectionData::Stage& stage : data.stages) {
    rows.emplace_back(stage.name, analysis::terminal_json(stage.value));
  }
  if (data.variables) rows.emplace_back("variables", analysis::terminal_json(*data.variables));
  if (data.max_concurrency) rows.emplace_back("maxConcurrency", fmt::format("{}", *data.max_concurrency));
  if (data.tolerated_failure_count) {
    rows.emplace_back("toleratedFailureCount", fmt::format("{}", *data.tolerated_failure_count));
  }
  if (data.tolerated_failure_percentage) {
    rows.emplace_back("toleratedFailurePercentage", to_json(Value(*data.tolerated_failure_percentage)));
  }
  if (answer.failure.error) rows.emplace_back("error", display(*answer.failure.error));
  if (answer.failure.cause) rows.emplace_back("cause", display(*answer.failure.cause));
  if (data.retry_index) {
    rows.emplace_back("retry", fmt::format("Retry[{}]", *data.retry_index));
    if (data.retry_backoff) {
      rows.back().second += fmt::format(" after {}", analysis::format_duration(data.retry_backoff->count()));
    }
  }
  if (data.catch_index) rows.emplace_back("caught", fmt::format("Catch[{}]", *data.catch_index));
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.first.size());
  for (const auto& [label, text] : rows) {
    out += fmt::format("  {}  {}\n", analysis::paint(style, Tone::Accent, analysis::padded(label, width)), text);
  }
  return out;
}

int test(const StateCommandOptions& options) {
  if (options.trace != "text" && options.trace != "json") {
    return complain({fmt::format("--trace is text or json, not \"{}\"", display(options.trace)), ""});
  }
  auto text = read_file(options.file);
  if (!text) return complain(text.error());
  analysis::TestStateRequest request;
  request.definition_text = *text;
  request.state_name = options.state;
  request.inspection = analysis::InspectionLevel::Debug;
  request.retrier_retry_count = options.retries;
  const auto type = analysis::parse_machine_type(options.type);
  if (!type) return complain({fmt::format("--type is STANDARD or EXPRESS, not \"{}\"", display(options.type)), ""});
  const analysis::Definition definition = analysis::load_definition(*std::move(text), *type);
  if (!report(definition, options.file)) return kWrongUse;
  const auto found = find_tested_state(definition.loaded.machine->scope, options.state);
  if (!found) {
    const auto names = analysis::state_names(definition.loaded.machine->scope);
    const auto meant = nearest(options.state, names);
    return complain({fmt::format("the definition has no state \"{}\"", display(options.state)),
                     meant ? fmt::format("did you mean \"{}\"?", display(*meant)) : std::string()});
  }
  const auto* task = std::get_if<Task>(&found->state.kind);
  const bool needs_mock =
      task || std::holds_alternative<Parallel>(found->state.kind) || std::holds_alternative<Map>(found->state.kind);
  if (options.mock.empty() && needs_mock) {
    return complain({fmt::format("state \"{}\" is a {}: say what its work answers", display(options.state),
                                 kind_name(found->state)),
                     fmt::format("add --mock {}", task ? quoted_for_shell(to_json(analysis::short_sample(*task)))
                                                       : std::string("'[]'"))});
  }
  if (!options.mock.empty()) {
    auto mock = read_mock(options);
    if (!mock) return complain(mock.error());
    request.mock = *std::move(mock);
  }
  if (!options.input.empty()) {
    auto input = options.input == "-" ? read_file("-") : text_or_file(options.input);
    if (!input) return complain(input.error());
    request.input_text = *std::move(input);
  }
  if (!options.variables.empty()) {
    auto variables = text_or_file(options.variables);
    if (!variables) return complain(variables.error());
    request.variables_text = *std::move(variables);
  }
  if (!options.context.empty()) {
    auto context = text_or_file(options.context);
    if (!context) return complain(context.error());
    request.context_text = *std::move(context);
  }
  const auto reply = analysis::test_state(request);
  if (!reply) return complain({display(reply.error().message), display(reply.error().help)});
  const StateTestAnswer& answer = reply->answer;
  std::string out;
  if (options.trace == "json") {
    analysis::append_test_state_reply(out, *reply);
    out += '\n';
    write_json(1, out);
    out.clear();
  } else {
    out = answer_text(options.state, answer, style_of(1));
    if (answer.status == StateTestStatus::Succeeded || answer.status == StateTestStatus::CaughtError) {
      out += analysis::terminal_json(answer.output) + '\n';
    }
  }
  write(1, out);
  return answer.status == StateTestStatus::Succeeded || answer.status == StateTestStatus::CaughtError ? kSuccess
                                                                                                      : kFindings;
}

}  // namespace

int state_command(int argc, char** argv) {
  const StateOptionsRead read = read_state_options(argc, argv);
  return read.status ? *read.status : test(read.options);
}

}  // namespace stepglass::cli
