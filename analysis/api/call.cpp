#include "analysis/api/call.h"

#include <fmt/format.h>

#include <charconv>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "analysis/api/complete.h"
#include "analysis/api/cost.h"
#include "analysis/api/debugging.h"
#include "analysis/api/definition.h"
#include "analysis/api/diff.h"
#include "analysis/api/fields.h"
#include "analysis/api/format.h"
#include "analysis/api/hover.h"
#include "analysis/api/jsonata.h"
#include "analysis/api/lint.h"
#include "analysis/api/list.h"
#include "analysis/api/path.h"
#include "analysis/api/reply.h"
#include "analysis/api/request.h"
#include "analysis/api/run.h"
#include "analysis/api/test_state.h"
#include "analysis/api/validate.h"
#include "analysis/drawing/graph_text.h"
#include "analysis/report/cost_report.h"
#include "analysis/report/rule_pages.h"
#include "analysis/report/trace.h"
#include "analysis/rules/framework/registry.h"
#include "engine/document/place_json.h"
#include "engine/model/timestamp.h"
#include "engine/support/limits.h"
#include "engine/support/text.h"
#include "engine/value/json_list.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// Appends the result of an operation to `out`.
using Operation = std::optional<ApiError> (*)(Fields& fields, std::string& out);

// ------------------------------------------------------------------------------------------------ text for people

/// A line may have this many columns.
constexpr std::uint64_t kMaxTextWidth = 1000;

std::optional<bool> parse_is_text(std::string_view word) {
  if (word == "json") return false;
  if (word == "text") return true;
  return std::nullopt;
}

/// How the text is dressed that answers a request with "format": "text", as the program prints it where there are no
/// colours; nothing where JSON is asked for.
std::optional<Style> text_style(Fields& fields) {
  Style style;
  if (const auto width = fields.count("width", kMaxTextWidth)) style.width = static_cast<std::size_t>(*width);
  const bool is_text = fields.word("format", parse_is_text, "\"json\" or \"text\"").value_or(false);
  return is_text ? std::optional(style) : std::nullopt;
}

std::optional<ApiError> append_text(std::string& out, std::string_view text) {
  if (text.size() > kMaxReplyBytes) {
    return ApiError{"ReplyTooLarge", fmt::format("the text is larger than {} MiB", kMaxReplyBytes >> 20), {}};
  }
  out += "{\"text\":";
  append_json_string(out, text);
  out += '}';
  return std::nullopt;
}

// -------------------------------------------------------------------------------------------------------------- run

constexpr std::string_view kRunFields[] = {
    "definition",  "input",       "input_text",         "type",           "mocks",      "default_mock",
    "mock_config", "environment", "mock_state_machine", "mock_test_case", "context",    "now",
    "seed",        "history",     "inspection",         "machines",       "max_events", "max_transitions",
    "until",       "changes",     "format",             "width"};

MachineType machine_type(Fields& fields) {
  return fields.word("type", parse_machine_type, "\"STANDARD\" or \"EXPRESS\"").value_or(MachineType::Standard);
}

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

/// The machines that tasks start, by ARN or name. A deque, since others point into it.
std::deque<std::pair<std::string, Definition>> read_machines(Fields& fields) {
  std::deque<std::pair<std::string, Definition>> machines;
  const auto raw = fields.raw("machines");
  if (!raw) return machines;
  const auto members = split_object(*raw);
  if (!members) fields.refuse("\"machines\" is an object: ARN or name of a state machine to its definition");
  if (members && members->size() > kMaxRequestMembers) {
    fields.refuse(fmt::format("\"machines\" has more than {} members", kMaxRequestMembers));
  }
  for (const RequestMember& member : members.value_or(std::vector<RequestMember>())) {
    std::string text = fields.definition_text(member.text);
    if (fields.fault()) break;
    machines.emplace_back(member.key, load_definition(std::move(text), MachineType::Standard));
  }
  return machines;
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
    return ApiError{
        "ReplyTooLarge",
        fmt::format("the reply is larger than {} MiB; ask again with \"history\": false", kMaxReplyBytes >> 20),
        {}};
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------------------- jsonata

constexpr std::string_view kJsonataFields[] = {"expression", "data", "bindings", "dialect", "limits", "seed"};

std::optional<jsonata::Dialect> parse_jsonata_dialect(std::string_view name) {
  if (name == "standard") return jsonata::Dialect::Standard;
  if (name == "states") return jsonata::Dialect::States;
  return std::nullopt;
}

/// Steps for a millisecond that a caller allows: an evaluation is bounded by what it does and not by the clock.
constexpr std::uint64_t kStepsPerMillisecond = 10'000;

std::optional<ApiError> jsonata_operation(Fields& fields, std::string& out) {
  JsonataRequest request;
  const auto expression = fields.text("expression");
  if (!expression) fields.refuse("\"expression\" is missing");
  request.data = fields.value("data");
  if (auto bindings = fields.value("bindings")) {
    request.bindings = *std::move(bindings);
    if (!request.bindings.is_object() && !request.bindings.is_null()) fields.refuse("\"bindings\" is an object");
  }
  request.dialect =
      fields.word("dialect", parse_jsonata_dialect, "\"standard\" or \"states\"").value_or(jsonata::Dialect::Standard);
  request.budget = jsonata::default_budget(request.dialect);
  if (const auto limits = fields.value("limits")) {
    if (!limits->is_object()) fields.refuse("\"limits\" is an object");
    const auto lower = [&](std::string_view name, auto& limit, std::uint64_t unit) {
      const Value* value = limits->find(name);
      if (!value) return;
      if (value->kind() != Value::Kind::Integer || value->as_integer() < 0) {
        fields.refuse(fmt::format("\"{}\" in \"limits\" is a positive integer", name));
        return;
      }
      const auto asked = static_cast<std::uint64_t>(value->as_integer());
      if (asked < limit / unit) limit = static_cast<std::remove_reference_t<decltype(limit)>>(asked * unit);
    };
    lower("depth", request.budget.depth, 1);
    lower("steps", request.budget.steps, 1);
    lower("bytes", request.budget.bytes, 1);
    lower("milliseconds", request.budget.steps, kStepsPerMillisecond);
  }
  if (const auto seed = fields.count("seed")) request.seed = *seed;
  if (fields.fault()) return fields.fault();
  request.expression = *expression;

  const auto result = evaluate_jsonata(request);
  if (!result) {
    const jsonata::Error& error = result.error();
    out += "{\"error\":{\"code\":";
    append_json_string(out, error.code);
    out += ",\"message\":";
    append_json_string(out, error.message);
    out += fmt::format(",\"position\":{}", error.position);
    if (error.token) {
      out += ",\"token\":";
      append_json_string(out, *error.token);
    }
    out += "}}";
  } else if (!*result) {
    out += "{\"undefined\":true}";
  } else if ((*result)->has_opaque()) {
    out += "{\"function\":true}";
  } else {
    if (json_size(**result) > kMaxReplyBytes) {
      return ApiError{"ReplyTooLarge", fmt::format("the value is larger than {} MiB", kMaxReplyBytes >> 20), {}};
    }
    out += "{\"value\":";
    append_json(out, **result, NumberStyle::ECMAScript);
    out += '}';
  }
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------- path

constexpr std::string_view kPathFields[] = {"path", "data", "dialect"};

std::optional<PathDialect> parse_dialect(std::string_view name) {
  if (name == "jayway") return PathDialect::Jayway;
  if (name == "reference") return PathDialect::Reference;
  return std::nullopt;
}

std::optional<ApiError> path_operation(Fields& fields, std::string& out) {
  const auto path = fields.text("path");
  if (!path) fields.refuse("\"path\" is missing");
  const Value data = fields.value("data").value_or(Value());
  const PathDialect dialect =
      fields.word("dialect", parse_dialect, "\"jayway\" or \"reference\"").value_or(PathDialect::Jayway);
  if (fields.fault()) return fields.fault();
  const auto found = evaluate_path(*path, data, dialect);
  if (const auto* value = std::get_if<Value>(&found)) {
    out += "{\"value\":";
    if (!append_bounded(out, *value)) {
      return ApiError{"ReplyTooLarge", fmt::format("the value is larger than {} MiB", kMaxReplyBytes >> 20), {}};
    }
  } else {
    const PathFault& fault = std::get<PathFault>(found);
    out += "{\"error\":";
    append_json_string(out, fault.error);
    out += ",\"message\":";
    append_json_string(out, fault.message);
  }
  out += '}';
  return std::nullopt;
}

std::optional<ApiError> state_operation(Fields& fields, std::string& out) {
  return answer_test_state(fields.members(), out);
}

// --------------------------------------------------------------------------------------------- validate and create

constexpr std::string_view kValidateFields[] = {"definition", "type", "severity", "maxResults"};
constexpr std::string_view kCreateFields[] = {"definition", "type"};

std::optional<Severity> parse_least_severity(std::string_view name) {
  if (name == "ERROR") return Severity::Error;
  if (name == "WARNING") return Severity::Warning;
  return std::nullopt;
}

std::optional<ApiError> validate_operation(Fields& fields, std::string& out) {
  ValidateRequest request;
  request.type = machine_type(fields);
  request.definition_text = fields.definition("definition");
  if (const auto least = fields.word("severity", parse_least_severity, "\"ERROR\" or \"WARNING\"")) {
    request.least = *least;
  }
  if (const auto most = fields.count("maxResults", kMaxDiagnostics)) request.max_results = static_cast<int>(*most);
  fields.check_text("definition");
  if (fields.fault()) return fields.fault();
  const auto response = validate(request);
  if (!response) return response.error();
  append_validation(out, *response);
  return std::nullopt;
}

std::optional<ApiError> create_operation(Fields& fields, std::string& out) {
  const MachineType type = machine_type(fields);
  std::string text = fields.definition("definition");
  fields.check_text("definition");
  if (fields.fault()) return fields.fault();
  if (auto error = create(std::move(text), type)) return error;
  out += "{}";
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------- lint

constexpr std::string_view kLintFields[] = {"text", "filename", "type", "select", "ignore", "format", "width"};

std::optional<ApiError> lint_operation(Fields& fields, std::string& out) {
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  const std::string filename = fields.text("filename").value_or("definition.asl.json");
  LintOptions options;
  options.type = machine_type(fields);
  options.select = fields.texts("select");
  options.ignore = fields.texts("ignore");
  for (const auto* words : {&options.select, &options.ignore}) {
    if (const auto unknown = unknown_selector(*words)) {
      fields.refuse(fmt::format("no rule is named \"{}\"", display_word(*unknown)));
    }
  }
  const auto style = text_style(fields);
  if (fields.fault()) return fields.fault();
  CheckedFile file = lint_text(*std::move(text), filename, options);
  if (style) {
    CheckedFiles files;
    files.push_back(std::move(file));
    return append_text(out, format_findings(FindingsFormat::Text, files, *style));
  }
  out += "{\"diagnostics\":[";
  for (std::size_t i = 0; i < file.findings.size(); ++i) {
    if (i > 0) out += ',';
    append_finding(out, file.findings[i]);
    if (out.size() > kMaxReplyBytes) {
      return ApiError{"ReplyTooLarge", fmt::format("the reply is larger than {} MiB", kMaxReplyBytes >> 20), {}};
    }
  }
  out += "]}";
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------- list

constexpr std::string_view kListFields[] = {"text", "filename", "definitions"};

std::optional<ApiError> list_operation(Fields& fields, std::string& out) {
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  const std::string filename = fields.text("filename").value_or("definition.asl.json");
  const bool definitions = fields.boolean("definitions").value_or(false);
  if (fields.fault()) return fields.fault();
  out += "{\"machines\":[";
  const auto machines = list(*std::move(text), filename, definitions);
  for (const ListedMachine& machine : machines) {
    if (&machine != machines.data()) out += ',';
    append_listed(out, machine);
    if (out.size() > kMaxReplyBytes) {
      return ApiError{"ReplyTooLarge", fmt::format("the reply is larger than {} MiB", kMaxReplyBytes >> 20), {}};
    }
  }
  out += "]}";
  return std::nullopt;
}

// ----------------------------------------------------------------------------------------------- complete and hover

constexpr std::string_view kPointedFields[] = {"text", "filename", "line", "column"};

/// Where a request points into a text.
struct Pointed {
  std::string text;
  std::string filename;
  Position position;
};

Pointed read_pointed(Fields& fields) {
  Pointed pointed;
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  pointed.text = std::move(text).value_or("");
  pointed.filename = fields.text("filename").value_or("definition.asl.json");
  pointed.position.line = static_cast<std::uint32_t>(fields.count("line", UINT32_MAX).value_or(1));
  pointed.position.column = static_cast<std::uint32_t>(fields.count("column", UINT32_MAX).value_or(1));
  return pointed;
}

void append_range(std::string& out, Span span, Position start, Position end) {
  out += "\"range\":{\"start\":";
  append_place(out, start, span.begin);
  out += ",\"end\":";
  append_place(out, end, span.end);
  out += '}';
}

std::optional<ApiError> complete_operation(Fields& fields, std::string& out) {
  Pointed at = read_pointed(fields);
  if (fields.fault()) return fields.fault();
  const Completions completions = complete(std::move(at.text), at.filename, at.position);
  out += '{';
  append_range(out, completions.replaced, completions.start, completions.end);
  out += ",\"items\":";
  append_json_list(out, completions.items, [&](const Completion& item) {
    out += "{\"label\":";
    append_json_string(out, item.label);
    if (!item.text.empty()) append_json_member(out, "text", item.text);
    if (!item.detail.empty()) append_json_member(out, "detail", item.detail);
    append_json_member(out, "kind", completion_kind_name(item.kind));
    out += '}';
  });
  out += '}';
  return std::nullopt;
}

std::optional<ApiError> hover_operation(Fields& fields, std::string& out) {
  Pointed at = read_pointed(fields);
  if (fields.fault()) return fields.fault();
  const auto told = hover(std::move(at.text), at.filename, at.position);
  if (!told) {
    out += "{}";
    return std::nullopt;
  }
  out += "{\"hover\":{";
  append_range(out, told->at, told->start, told->end);
  append_json_member(out, "kind", completion_kind_name(told->kind));
  append_json_member(out, "title", told->title);
  append_json_member(out, "text", told->text);
  out += "}}";
  return std::nullopt;
}

// ----------------------------------------------------------------------------------------------------------- format

constexpr std::string_view kFormatFields[] = {"text", "filename", "indent", "width"};

std::optional<ApiError> format_operation(Fields& fields, std::string& out) {
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  const std::string filename = fields.text("filename").value_or("");
  JsonLayout layout;
  if (const auto indent = fields.count("indent", kMaxIndent, kMinIndent)) {
    layout.indent = static_cast<std::size_t>(*indent);
  }
  if (const auto width = fields.count("width", kMaxFormatWidth)) layout.width = static_cast<std::size_t>(*width);
  if (fields.fault()) return fields.fault();
  const auto formatting = format(*std::move(text), filename, layout);
  if (!formatting) return formatting.error();
  if (!append_formatting(out, *formatting)) {
    return ApiError{"ReplyTooLarge", fmt::format("the reply is larger than {} MiB", kMaxReplyBytes >> 20), {}};
  }
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------ rules

constexpr std::string_view kRulesFields[] = {"rule"};

std::optional<ApiError> rules_operation(Fields& fields, std::string& out) {
  const auto name = fields.text("rule");
  if (fields.fault()) return fields.fault();
  out += "{\"rules\":";
  if (name) {
    const Rule* rule = find_rule(*name);
    if (!rule) {
      fields.refuse(fmt::format("no rule is named \"{}\"", display_word(*name)));
      return fields.fault();
    }
    out += '[';
    append_rule(out, *rule);
    out += ']';
  } else {
    append_json_list(out, rules_by_code(), [&](const Rule* rule) { append_rule(out, *rule); });
  }
  out += '}';
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------ graph

constexpr std::string_view kGraphFields[] = {"definition", "format", "name", "collapse"};

std::optional<ApiError> graph_operation(Fields& fields, std::string& out) {
  std::string text = fields.definition("definition");
  const GraphFormat format =
      fields.word("format", parse_graph_format, "\"json\", \"drawing\", \"svg\", \"dot\", \"mermaid\" or \"plantuml\"")
          .value_or(GraphFormat::Json);
  const std::string name = fields.text("name").value_or("");
  GraphOptions options{.name = name, .collapsed = fields.texts("collapse")};
  if (fields.fault()) return fields.fault();
  // A broken definition has a graph, too: of what could be understood.
  const Definition definition = load_definition(std::move(text), MachineType::Standard);
  if (fields.breaks_request("definition", definition.document)) return fields.fault();
  if (!definition.loaded.machine) return check_runnable(definition).error();
  options.source = &definition.document;
  const std::string graph = graph_text(format, *definition.loaded.machine, options);
  if (graph.size() > kMaxReplyBytes / 2) {
    return ApiError{"ReplyTooLarge", "the graph is too large for a reply", {}};
  }
  if (format == GraphFormat::Json || format == GraphFormat::Drawing) {
    out += "{\"graph\":" + graph;
  } else {
    out += "{\"text\":";
    append_json_string(out, graph);
  }
  out += '}';
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------- cost

constexpr std::string_view kCostFields[] = {"definition",  "name",  "type",     "region", "executions_per_month",
                                            "assumptions", "paths", "simulate", "seed",   "histories",
                                            "machines",    "filename", "format", "width"};

/// Adds what the member "assumptions" says; its problems name their places in it.
void read_cost_assumptions(Fields& fields, CostRequest& request) {
  const auto text = fields.raw("assumptions");
  if (!text) return;
  const Document document = read_json(std::string(*text));
  for (const AssumptionProblem& problem : read_assumptions(document, "assumptions", request.assumptions)) {
    const Position at = document.position(problem.span.begin);
    fields.refuse(fmt::format("\"assumptions\" at line {}, column {}: {}{}{}", at.line, at.column, problem.message,
                              problem.help.empty() ? "" : "; ", problem.help));
  }
}

Result<Observations, MockProblem> read_histories(Node list) {
  if (!list.is_array()) return MockProblem{"give a list of what GetExecutionHistory answers", ""};
  Observations observed;
  std::size_t index = 0;
  for (auto item = list.first_child(); item; item = item->next_sibling(), ++index) {
    if (auto fault = observed.add(*item)) return MockProblem{*std::move(fault), fmt::format("/{}", index)};
  }
  return observed;
}

std::optional<ApiError> cost_operation(Fields& fields, std::string& out) {
  std::string text = fields.definition("definition");
  const MachineType type = machine_type(fields);
  CostRequest request;
  request.name = fields.text("name").value_or("");
  read_cost_assumptions(fields, request);
  if (auto region = fields.text("region")) request.assumptions.region = {*std::move(region), Origin::CommandLine, {}};
  if (const auto executions = fields.value("executions_per_month")) {
    Result<double, std::string> count = std::string("\"executions_per_month\" is a number that is not negative");
    if (executions->is_string()) count = parse_executions(executions->as_string());
    if (executions->is_number() && executions->as_double() >= 0) count = executions->as_double();
    if (count) {
      request.assumptions.all.executions_per_month = {*count, Origin::CommandLine, {}};
    } else {
      fields.refuse(count.error());
    }
  }
  request.paths = static_cast<std::size_t>(fields.count("paths", kMaxCostPaths).value_or(1));
  SimulateOptions simulation;
  simulation.executions = fields.count("simulate", kMaxSimulatedExecutions).value_or(0);
  simulation.seed = fields.count("seed").value_or(1);
  const auto observed = fields.document("histories", read_histories);
  if (observed) request.observed = &*observed;
  const auto machines = read_machines(fields);
  for (const auto& [name, other] : machines) request.machines.push_back({name, &other});
  const auto style = text_style(fields);
  if (fields.fault()) return fields.fault();
  const Definition definition = load_definition(std::move(text), type);
  if (fields.breaks_request("definition", definition.document)) return fields.fault();
  auto result = estimate(definition, request);
  if (!result) return std::move(result).error();
  for (std::string& unused : unused_assumptions(request.assumptions, {&*result})) {
    result->notes.push_back(std::move(unused));
  }
  if (observed) {
    for (const auto& [i, why] : unused_histories(*observed, {&*result})) {
      result->notes.push_back(fmt::format("histories/{} {}", i, why));
    }
  }
  CostedMachine machine{fields.text("filename").value_or(""), 1, request.name, *std::move(result), "", {}, ""};
  if (simulation.executions > 0) {
    auto simulated = simulate(definition, request, simulation);
    if (simulated) {
      machine.simulated = *simulated;
    } else {
      machine.not_simulated = simulated.error().message;
    }
  }
  if (style) return append_text(out, cost_text({std::move(machine)}, *style, true));
  append_costed(out, machine);
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------------- diff

constexpr std::string_view kDiffFields[] = {"before", "after", "name", "type", "format", "width"};

std::optional<ApiError> diff_operation(Fields& fields, std::string& out) {
  std::string before = fields.definition("before");
  std::string after = fields.definition("after");
  const MachineType type = machine_type(fields);
  const std::string name = fields.text("name").value_or("");
  const auto style = text_style(fields);
  if (fields.fault()) return fields.fault();
  const Definition old_definition = load_definition(std::move(before), type);
  if (fields.breaks_request("before", old_definition.document)) return fields.fault();
  const Definition new_definition = load_definition(std::move(after), type);
  if (fields.breaks_request("after", new_definition.document)) return fields.fault();
  for (const auto& [side, definition] : {std::pair("before", &old_definition), std::pair("after", &new_definition)}) {
    if (const auto fault = unreadable(definition->document)) {
      return ApiError{"InvalidDefinition", fmt::format("\"{}\", {}", side, *fault), {}};
    }
  }
  ComparedMachine machine = compare_machines(name, old_definition, new_definition);
  if (style) {
    ComparedMachines machines;
    machines.push_back(std::move(machine));
    return append_text(out, diff_text(machines, *style));
  }
  append_compared(out, machine);
  // Changes are bounded, values that are told with them, too; their escapes are not.
  if (out.size() > kMaxReplyBytes) {
    return ApiError{"ReplyTooLarge", fmt::format("the reply is larger than {} MiB", kMaxReplyBytes >> 20), {}};
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------------------- version

std::optional<ApiError> version_operation(Fields&, std::string& out) {
  out += fmt::format("{{\"version\":\"{}\",\"rules\":{}}}", STEPGLASS_VERSION, rules_by_code().size());
  return std::nullopt;
}

// ------------------------------------------------------------------------------------------------------- operations

struct Row {
  std::string_view name;
  std::span<const std::string_view> fields;
  Operation operation;
};

// A new operation is a row here.
constexpr Row kOperations[] = {
    {"run", kRunFields, run_operation},
    {"state", kTestStateFields, state_operation},
    {"validate", kValidateFields, validate_operation},
    {"create", kCreateFields, create_operation},
    {"jsonata", kJsonataFields, jsonata_operation},
    {"path", kPathFields, path_operation},
    {"lint", kLintFields, lint_operation},
    {"graph", kGraphFields, graph_operation},
    {"list", kListFields, list_operation},
    {"complete", kPointedFields, complete_operation},
    {"hover", kPointedFields, hover_operation},
    {"format", kFormatFields, format_operation},
    {"rules", kRulesFields, rules_operation},
    {"cost", kCostFields, cost_operation},
    {"diff", kDiffFields, diff_operation},
    {"version", {}, version_operation},
};

const Row* find_operation(std::string_view name) {
  for (const Row& row : kOperations) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

/// "; did you mean "x"?" or nothing.
template <typename Range>
std::string suggestion(std::string_view word, const Range& known) {
  const auto meant = nearest(word, known);
  return meant ? fmt::format("; did you mean \"{}\"?", *meant) : std::string();
}

std::optional<ApiError> check_fields(const Row& row, const std::vector<RequestMember>& members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string& key = members[i].key;
    bool known = key == "id" || key == "op";
    for (const std::string_view field : row.fields) known = known || field == key;
    if (!known) {
      return bad_request(fmt::format("unknown field \"{}\" in a request for \"{}\"{}", display_word(key), row.name,
                                     suggestion(key, row.fields)));
    }
    // Unknown fields end the loop, so at most a score of members is compared here.
    for (std::size_t j = 0; j < i; ++j) {
      if (members[j].key == key) return bad_request(fmt::format("the field \"{}\" stands twice in the request", key));
    }
  }
  return std::nullopt;
}

std::optional<ApiError> serve(std::string_view request, const std::optional<std::vector<RequestMember>>& members,
                              std::string& out) {
  if (!members) {
    if (auto fault = json_fault(request)) return bad_request("the request is no JSON: " + *fault);
    return bad_request("a request is a JSON object such as {\"op\": \"run\", \"definition\": {…}}");
  }
  if (members->size() > kMaxRequestMembers) {
    return bad_request(fmt::format("the request has more than {} members", kMaxRequestMembers));
  }
  Fields fields(request, *members);
  fields.check_value("id");
  const auto name = fields.text("op");
  if (fields.fault()) return fields.fault();
  std::vector<std::string_view> known;
  for (const Row& row : kOperations) known.push_back(row.name);
  if (!name) return bad_request(fmt::format("the request has no \"op\"; known are {}", fmt::join(known, ", ")));
  const Row* row = find_operation(*name);
  if (!row) {
    const std::string hint = suggestion(*name, known);
    return bad_request(fmt::format("unknown op \"{}\"{}", display_word(*name),
                                   hint.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : hint));
  }
  if (auto error = check_fields(*row, *members)) return error;
  return row->operation(fields, out);
}

}  // namespace

std::string call(std::string_view request) {
  if (request.size() > kMaxTextBytes) {
    return refusal(fmt::format("the request is larger than {} MiB", kMaxTextBytes >> 20));
  }
  // A file's first line may start with a byte order mark; what it says of the encoding is known already.
  if (request.starts_with("\xEF\xBB\xBF")) request.remove_prefix(3);
  const auto members = split_object(request);
  std::string out = "{";
  if (members) {
    for (const RequestMember& member : *members) {
      // Handed back byte for byte, once it is known to be JSON. Of several and of a broken one serve() tells.
      if (member.key != "id" || !read_value(member.text)) continue;
      out += "\"id\":";
      out += member.text;
      out += ',';
      break;
    }
  }
  const std::size_t start = out.size();
  out += "\"ok\":true,\"result\":";
  if (auto error = serve(request, members, out)) {
    out.resize(start);
    out += "\"ok\":false,\"error\":";
    append_error(out, *error);
  }
  out += '}';
  return out;
}

std::string refusal(std::string_view message) {
  std::string out = "{\"ok\":false,\"error\":";
  append_error(out, bad_request(std::string(message)));
  return out + '}';
}

}  // namespace stepglass::analysis
