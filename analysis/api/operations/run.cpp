// Executions, and states by themselves.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "analysis/api/debugging.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/reply.h"
#include "analysis/api/run.h"
#include "analysis/api/test_state.h"
#include "analysis/mocks/mocks.h"
#include "analysis/report/trace.h"
#include "engine/model/timestamp.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kRunFields[] = {
    "definition",  "input",       "input_text",         "type",           "mocks",      "default_mock",
    "mock_config", "environment", "mock_state_machine", "mock_test_case", "context",    "now",
    "seed",        "history",     "inspection",         "machines",       "max_events", "max_transitions",
    "until",       "changes",     "format",             "width"};

std::optional<std::chrono::milliseconds> parse_start(std::string_view text) {
  const auto instant = parse_timestamp(text);
  if (!instant) return std::nullopt;
  return std::chrono::milliseconds(instant->seconds * 1000 + instant->nanoseconds / 1'000'000);
}

void read_all_mocks(Fields& fields, Mocks& mocks) {
  if (fields.has("mocks") && fields.has("mock_config")) {
    fields.refuse("a request has either \"mocks\" or \"mock_config\"");
    return;
  }
  if (auto states = fields.document("mocks", read_mocks)) mocks.states = *std::move(states);
  const std::string machine = fields.text("mock_state_machine").value_or("");
  const std::string test_case = fields.text("mock_test_case").value_or("");
  auto local =
      fields.document("mock_config", [&](const Node& node) { return read_local_config(node, machine, test_case); });
  if (local) mocks.states = *std::move(local);
  if (auto objects = fields.document("environment", read_environment)) mocks.objects = *std::move(objects);
  if (auto fallback = fields.word("default_mock", parse_default_mock, "\"echo\" or \"sample\"")) {
    mocks.fallback = *fallback;
  }
}

std::optional<ApiError> run_operation(Fields& fields, std::string& out) {
  const MachineType type = machine_type(fields);
  std::string text = fields.definition("definition");
  RunRequest request;
  if (fields.has("input") && fields.has("input_text"))
    fields.refuse("a request has either \"input\" or \"input_text\"");
  if (const auto input = fields.raw("input")) {
    request.input_text = std::string(*input);
    fields.check_value("input");
  }
  if (auto input = fields.text("input_text")) request.input_text = *std::move(input);
  read_all_mocks(fields, request.mocks);
  if (auto context = fields.value("context")) {
    if (!context->is_object()) fields.refuse("\"context\" is an object");
    request.context = *std::move(context);
  }
  if (auto start = fields.word("now", parse_start, "a time such as \"2025-01-01T00:00:00Z\"")) request.start = *start;
  request.seed = fields.count("seed").value_or(0);
  request.history = fields.boolean("history").value_or(true);
  request.inspection = fields.word("inspection", parse_inspection_level, "\"NONE\", \"INFO\", \"DEBUG\" or \"TRACE\"")
                           .value_or(InspectionLevel::None);
  if (auto most = fields.count("max_events", UINT32_MAX)) request.max_events = static_cast<std::uint32_t>(*most);
  if (auto most = fields.count("max_transitions")) request.max_transitions = *most;
  read_until(fields, request.pause);
  read_changes(fields, request.changes);
  const auto style = text_style(fields);
  if (style) {
    request.history = true;
    request.inspection = std::max(request.inspection, InspectionLevel::Info);
  }

  const auto others = read_machines(fields);
  if (fields.fault()) return fields.fault();

  const Definition definition = load_definition(std::move(text), type);
  if (fields.breaks_request("definition", definition.document)) return fields.fault();
  if (auto runnable = check_runnable(definition); !runnable) return std::move(runnable).error();
  for (const auto& [name, other] : others) {
    if (auto runnable = check_runnable(other); !runnable) {
      ApiError error = std::move(runnable).error();
      error.message = fmt::format("state machine \"{}\": {}", display_word(name), error.message);
      return error;
    }
    request.machines.push_back({name, other.loaded.machine.get()});
  }
  auto reply = run(*definition.loaded.machine, request);
  if (!reply) return std::move(reply).error();
  if (style) {
    std::string told = trace_text(*reply, *definition.loaded.machine, *style);
    if (reply->execution.status == ExecutionStatus::Succeeded) told += terminal_json(reply->execution.output) + '\n';
    told += summary_text(reply->execution, *definition.loaded.machine, *style);
    for (const std::string& warning : reply->warnings) told += fmt::format("warning: {}\n", display(warning));
    if (reply->stopped) {
      told += fmt::format("error: {}\n", display(reply->stopped->message));
      if (!reply->stopped->help.empty()) told += fmt::format("  = help: {}\n", display(reply->stopped->help));
    }
    return append_text(out, told);
  }
  if (!append_run_result(out, *reply, *definition.loaded.machine, request)) {
    return reply_too_large("the reply", "ask again with \"history\": false");
  }
  return std::nullopt;
}

std::optional<ApiError> state_operation(Fields& fields, std::string& out) {
  return answer_test_state(fields.members(), out);
}

constexpr Operation kOperations[] = {
    {"run", kRunFields, run_operation},
    {"state", kTestStateFields, state_operation}};

}  // namespace

std::span<const Operation> run_operations() { return kOperations; }

}  // namespace stepglass::analysis
