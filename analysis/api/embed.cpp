#include "analysis/api/embed.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "analysis/api/definition.h"
#include "analysis/api/list.h"
#include "analysis/api/reply.h"
#include "analysis/api/request.h"
#include "analysis/api/run.h"
#include "analysis/drawing/drawing.h"
#include "analysis/drawing/outline.h"
#include "analysis/mocks/mocks.h"
#include "analysis/sources/find_definitions.h"
#include "engine/document/document.h"
#include "engine/support/xml.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

/// JSON inside of a script element, which nothing but "</" could end.
std::string script(std::string_view step, std::string_view json, std::string_view label = {}) {
  std::string safe;
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return fmt::format("  <script type=\"application/json\" data-step=\"{}\"{}>{}</script>\n", step,
                     label.empty() ? std::string() : fmt::format(" data-label=\"{}\"", xml_text(label)), safe);
}

/// Text as HTML, blanks and line ends as they are. Markdown ends a part that is HTML at an empty line.
std::string html_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\t\r\n", at), text.size());
    out += xml_text(text.substr(at, end - at));
    if (end < text.size()) {
      if (text[end] == '\n' && out.ends_with('\n')) {
        out += "&#10;";
      } else {
        out += text[end];
      }
    }
    at = end + 1;
  }
  return out;
}

/// The picture without its style sheet, which a careful page's policy forbids: what it draws has the colour of the text
/// around.
std::string plain_picture(std::string svg) {
  constexpr std::string_view kEnd = "</style>\n";
  const std::size_t begin = svg.find("<style>"), end = svg.find(kEnd);
  if (begin < end && end != std::string::npos) svg.erase(begin, end + kEnd.size() - begin);
  return svg;
}

/// What tasks answer, by name of a state.
Result<std::vector<StateMocks>, EmbedProblem> mocks_of(const EmbedRequest& request) {
  if (request.mocks.empty()) return std::vector<StateMocks>();
  if (const auto fault = json_fault(request.mocks))
    return EmbedProblem{fmt::format("the mocks are no JSON: {}", *fault)};
  const Document document = read_json(request.mocks);
  if (!document.root()) return EmbedProblem{"the mocks are nested too deeply"};
  auto mocks = read_mocks(*document.root());
  if (!mocks) return EmbedProblem{fmt::format("the mocks{}: {}", mocks.error().pointer, mocks.error().message)};
  return *std::move(mocks);
}

/// A run with the first input, for a player that draws it: {"drawing", "history", "inspection"}.
Result<std::string, EmbedProblem> recorded(const EmbedRequest& request, const Definition& definition,
                                           const Drawing& drawing) {
  if (auto runnable = check_runnable(definition); !runnable) return EmbedProblem{std::move(runnable).error().message};
  auto mocks = mocks_of(request);
  if (!mocks) return std::move(mocks).error();
  const StateMachine& machine = *definition.loaded.machine;
  RunRequest run_request;
  if (!request.inputs.empty()) run_request.input_text = request.inputs.front().second;
  run_request.mocks = {.states = *std::move(mocks), .fallback = DefaultMock::Sample, .objects = {}};
  run_request.inspection = InspectionLevel::Debug;
  run_request.pause.stopped = true;
  const auto reply = run(machine, run_request);
  if (!reply) return EmbedProblem{reply.error().message};
  std::string result;
  if (!append_run_result(result, *reply, machine, run_request))
    return EmbedProblem{"the run is too large to be recorded"};
  const auto value = read_value(result);
  const auto member = [&](std::string_view key) {
    const Value* found = value ? value->find(key) : nullptr;
    return found ? to_json(*found) : std::string("null");
  };
  return fmt::format(R"({{"drawing":{},"history":{},"inspection":{}}})", drawing_json(drawing, &definition.document),
                     member("history"), member("inspection"));
}

}  // namespace

Result<std::string, EmbedProblem> embed_html(const EmbedRequest& request) {
  const FoundInFile found = find_expected_definitions(request.text, request.filename);
  const auto named = machine_named(found.machines, request.machine);
  if (!named) {
    const auto& [message, help] = named.error();
    return EmbedProblem{fmt::format("{} {}{}{}", request.filename, message, help.empty() ? "" : "; ", help)};
  }
  const FoundMachine& machine = **named;
  const MachineType type = parse_machine_type(request.type).value_or(machine.type.value_or(MachineType::Standard));
  const std::string text = definition_text(machine);
  const Definition definition = load_definition(text, type);
  if (!definition.loaded.machine) return EmbedProblem{check_runnable(definition).error().message};
  const Drawing drawing = draw(*definition.loaded.machine);

  std::string html = fmt::format(
      "<stepglass-machine label=\"{}\"{}>\n  <figure slot=\"poster\">\n{}  </figure>\n"
      "  {}  <details><summary>Definition</summary><pre><code>{}</code></pre></details>\n",
      xml_text(machine.name), type == MachineType::Express ? " type=\"express\"" : "",
      plain_picture(svg_text(drawing, machine.name)), outline_html(drawing), html_text(text));
  for (const auto& [label, json] : request.inputs) html += script("input", json, label);
  if (!request.mocks.empty()) html += script("mocks", request.mocks);
  if (request.records) {
    const auto trace = recorded(request, definition, drawing);
    if (!trace) return trace.error();
    html += script("trace", *trace);
  }
  return html + "</stepglass-machine>\n";
}

}  // namespace stepglass::analysis
