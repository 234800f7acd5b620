#include "analysis/api/embed.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "analysis/api/call.h"
#include "analysis/api/definition.h"
#include "analysis/drawing/outline.h"
#include "engine/document/document.h"
#include "engine/support/xml.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

using Members = std::vector<std::pair<std::string_view, std::string>>;

/// The result of a call of `op`, whose other members are JSON texts by name.
Result<Value, EmbedProblem> ask(std::string_view op, const Members& members) {
  std::string request = fmt::format("{{\"op\":\"{}\"", op);
  for (const auto& [name, json] : members) request += fmt::format(",\"{}\":{}", name, json);
  const auto reply = read_value(call(request + "}"));
  if (!reply) return EmbedProblem{"the reply is no JSON"};
  if (const Value* result = reply->find("result")) return *result;
  const Value* error = reply->find("error");
  const Value* message = error ? error->find("message") : nullptr;
  return EmbedProblem{std::string(message && message->is_string() ? message->as_string() : "the call failed")};
}

std::string quoted_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string text_of(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_string() ? std::string(member->as_string()) : std::string();
}

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

/// Its states as nested lists. The picture was drawn of it, so that it can be loaded.
std::string outline(const std::string& definition) {
  const Definition loaded = load_definition(definition, MachineType::Standard);
  return outline_html(draw(*loaded.loaded.machine));
}

/// The machine that is asked for: name, type and definition.
Result<Value, EmbedProblem> chosen(const EmbedRequest& request) {
  const auto list =
      ask("list",
          {{"text", quoted_json(request.text)}, {"filename", quoted_json(request.filename)}, {"definitions", "true"}});
  if (!list) return list.error();
  const Value* machines = list->find("machines");
  for (const Value& machine : machines ? machines->items() : std::span<const Value>()) {
    if (!machine.find("definition")) continue;
    if (request.machine.empty() || text_of(machine, "name") == request.machine) return machine;
  }
  return EmbedProblem{request.machine.empty()
                          ? fmt::format("{} holds no definition", request.filename)
                          : fmt::format("{} holds no state machine \"{}\"", request.filename, request.machine)};
}

}  // namespace

Result<std::string, EmbedProblem> embed_html(const EmbedRequest& request) {
  const auto machine = chosen(request);
  if (!machine) return machine.error();
  const std::string name = text_of(*machine, "name"), definition = text_of(*machine, "definition");
  const std::string quoted_definition = quoted_json(definition);
  std::string type = request.type.empty() ? text_of(*machine, "type") : request.type;
  if (type.empty()) type = "STANDARD";

  const auto svg =
      ask("graph", {{"definition", quoted_definition}, {"format", "\"svg\""}, {"name", quoted_json(name)}});
  if (!svg) return svg.error();
  std::string html = fmt::format(
      "<stepglass-machine label=\"{}\"{}>\n  <figure slot=\"poster\">\n{}  </figure>\n"
      "  {}  <details><summary>Definition</summary><pre><code>{}</code></pre></details>\n",
      xml_text(name), type == "EXPRESS" ? " type=\"express\"" : "", plain_picture(text_of(*svg, "text")),
      outline(definition), html_text(definition));
  for (const auto& [label, json] : request.inputs) html += script("input", json, label);
  if (!request.mocks.empty()) html += script("mocks", request.mocks);
  if (request.records) {
    const auto drawing = ask("graph", {{"definition", quoted_definition}, {"format", "\"drawing\""}});
    if (!drawing) return drawing.error();
    const std::string input = request.inputs.empty() ? "{}" : request.inputs.front().second;
    const auto run = ask("run", {{"definition", quoted_definition},
                                 {"input_text", quoted_json(input)},
                                 {"type", quoted_json(type)},
                                 {"mocks", request.mocks.empty() ? "{}" : request.mocks},
                                 {"default_mock", "\"sample\""},
                                 {"inspection", "\"DEBUG\""},
                                 {"until", "{\"stopped\":true}"}});
    if (!run) return run.error();
    const auto member = [](const Value& object, std::string_view key) {
      const Value* value = object.find(key);
      return value ? to_json(*value) : std::string("null");
    };
    html += script("trace", fmt::format(R"({{"drawing":{},"history":{},"inspection":{}}})", member(*drawing, "graph"),
                                        member(*run, "history"), member(*run, "inspection")));
  }
  return html + "</stepglass-machine>\n";
}

}  // namespace stepglass::analysis
