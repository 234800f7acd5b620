#include "analysis/api/list.h"

#include <fmt/format.h>

#include <utility>

#include "analysis/sources/find_definitions.h"
#include "engine/value/print.h"

namespace stepglass::analysis {

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

std::vector<ListedMachine> list(std::string text, const std::string& filename) {
  std::vector<ListedMachine> rows;
  for (const FoundMachine& machine : find_definitions(std::move(text), filename).machines) {
    rows.push_back(listed(machine, filename));
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
  out += '}';
}

}  // namespace stepglass::analysis
