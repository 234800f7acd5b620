// What a machine looks like, costs, and has become.

#include <fmt/format.h>

#include <utility>

#include "analysis/api/cost.h"
#include "analysis/api/diff.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/reply.h"
#include "analysis/drawing/graph_text.h"
#include "analysis/mocks/mocks.h"
#include "analysis/report/cost_report.h"
#include "analysis/report/diff_report.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

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
  if (out.size() > kMaxReplyBytes) return reply_too_large();
  return std::nullopt;
}

constexpr Operation kOperations[] = {
    {"graph", kGraphFields, graph_operation},
    {"cost", kCostFields, cost_operation},
    {"diff", kDiffFields, diff_operation}};

}  // namespace

std::span<const Operation> machine_operations() { return kOperations; }

}  // namespace stepglass::analysis
