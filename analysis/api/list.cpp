#include "analysis/api/list.h"

#include <fmt/format.h>

#include <utility>

#include "analysis/report/pretty_json.h"
#include "analysis/sources/find_definitions.h"
#include "engine/support/limits.h"
#include "engine/value/print.h"

namespace stepglass::analysis {

std::string definition_text(const FoundMachine& machine) {
  const Document& definition = *machine.definition;
  if (machine.form == Form::File) return std::string(definition.text());
  const auto root = definition.root();
  return root ? pretty_json(root->value(), kMaxTextBytes).value_or("") : std::string();
}

ListedMachine listed(const FoundMachine& machine, std::string file) {
  ListedMachine row;
  row.file = std::move(file);
  row.name = machine.name;
  row.form = machine.form;
  row.type = machine.type;
  row.position = machine.position;
  row.definition_file = machine.file;
  row.reason = machine.reason;
  if (machine.definition) {
    row.states = count_states(*machine.definition);
    const Span span = machine.definition->root() ? machine.definition->root()->span() : Span{};
    row.bytes = machine.form == Form::File ? machine.definition->text().size() : span.end - span.begin;
  }
  return row;
}

std::vector<ListedMachine> list(std::string text, const std::string& filename, bool definitions) {
  std::vector<ListedMachine> rows;
  for (const FoundMachine& machine : find_definitions(std::move(text), filename).machines) {
    rows.push_back(listed(machine, filename));
    if (definitions && machine.definition) rows.back().definition = definition_text(machine);
  }
  return rows;
}

void append_listed(std::string& out, const ListedMachine& machine) {
  const auto text = [&](std::string_view name, std::string_view value) {
    out += fmt::format(",\"{}\":", name);
    append_json_string(out, value);
  };
  out += "{\"file\":";
  append_json_string(out, machine.file);
  text("name", machine.name);
  text("form", form_name(machine.form));
  if (machine.type) text("type", machine_type_name(*machine.type));
  out += fmt::format(",\"line\":{},\"column\":{}", machine.position.line, machine.position.column);
  if (machine.bytes > 0) out += fmt::format(",\"states\":{},\"bytes\":{}", machine.states, machine.bytes);
  if (!machine.definition_file.empty()) text("definition_file", machine.definition_file);
  if (!machine.reason.empty()) text("reason", machine.reason);
  if (!machine.definition.empty()) text("definition", machine.definition);
  out += '}';
}

}  // namespace stepglass::analysis
