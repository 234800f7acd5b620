#include "analysis/report/function_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

struct Row {
  std::string name;
  std::string signature;
  std::string_view example;
  std::string_view gives;
  bool states_only = false;
};

std::string_view type_name(intrinsic::Type type) {
  switch (type) {
    case intrinsic::Type::Any:
      return "any";
    case intrinsic::Type::Boolean:
      return "boolean";
    case intrinsic::Type::Number:
      return "number";
    case intrinsic::Type::String:
      return "string";
    case intrinsic::Type::Array:
      return "array";
    case intrinsic::Type::Object:
      return "object";
  }
  return "any";
}

/// (string, [number]) number: optional arguments in brackets, "…" where any number may follow.
std::string signature_of(const intrinsic::Function& function) {
  std::string out = "(";
  const bool endless = function.max_args == intrinsic::kAnyNumber;
  const std::size_t shown = endless ? function.min_args : function.max_args;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool optional = i >= function.min_args;
    out += fmt::format("{}{}{}{}", i > 0 ? ", " : "", optional ? "[" : "", type_name(function.takes_at(i)),
                       optional ? "]" : "");
  }
  if (endless) out += shown > 0 ? ", …" : "…";
  return out + ") " + std::string(type_name(function.gives_type));
}

std::vector<Row> intrinsic_rows() {
  std::vector<Row> rows;
  for (const intrinsic::Function& function : intrinsic::functions()) {
    rows.push_back({std::string(function.name), signature_of(function), function.example, function.gives, false});
  }
  return rows;
}

std::vector<Row> jsonata_rows(bool states_only) {
  std::vector<Row> rows;
  for (const jsonata::Function* function : jsonata::functions()) {
    if (function->states_only != states_only) continue;
    rows.push_back({"$" + std::string(function->name), std::string(function->signature), function->example,
                    function->gives.empty() ? "undefined" : function->gives, states_only});
  }
  return rows;
}

/// `text` as code in a cell of a table.
std::string code(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  const std::string_view fence = cell.find('`') == std::string::npos ? "`" : "``";
  return fmt::format("{}{}{}", fence, cell, fence);
}

void append_table(std::string& out, const std::vector<Row>& rows) {
  out += "| Function | Signature | Example | Gives |\n|---|---|---|---|\n";
  for (const Row& row : rows) {
    out +=
        fmt::format("| {} | {} | {} | {} |\n", code(row.name), code(row.signature), code(row.example), code(row.gives));
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  }
  return out;
}

}  // namespace

std::string functions_markdown() {
  std::string out =
      "# Functions\n"
      "\n"
      "Written by `stepglass functions --markdown` from the tables of the functions. Each example is a test.\n"
      "\n"
      "## JSONata\n"
      "\n"
      "Signatures are in JSONata's notation: `s` string, `n` number, `b` boolean, `a` array, `o` object, `f` "
      "function,\n"
      "`j` any JSON, `x` anything; `-` takes the context when the argument is missing, `?` is optional, `+` repeats. "
      "With\n"
      "the random seed 0 and the clock at 2025-01-01T00:00:00Z.\n"
      "\n";
  append_table(out, jsonata_rows(false));
  out +=
      "\n"
      "### In Step Functions\n"
      "\n"
      "There is no `$eval` there, and there are these as well; where a name stands above, too, this is the one.\n"
      "\n";
  append_table(out, jsonata_rows(true));
  out +=
      "\n"
      "## Intrinsic functions of JSONPath states\n"
      "\n";
  append_table(out, intrinsic_rows());
  return out;
}

std::string list_functions(std::string_view part, const Style& style) {
  std::vector<Row> rows;
  for (auto& family : {jsonata_rows(false), jsonata_rows(true), intrinsic_rows()}) {
    for (const Row& row : family) {
      if (lower(row.name).find(lower(part)) != std::string::npos) rows.push_back(row);
    }
  }
  std::size_t name = 0, signature = 0;
  for (const Row& row : rows) {
    name = std::max(name, columns(row.name));
    signature = std::max(signature, columns(row.signature));
  }
  std::string out;
  for (const Row& row : rows) {
    out += fmt::format("{}  {}  {}  {}  {}{}\n", paint(style, Tone::Strong, padded(row.name, name)),
                       paint(style, Tone::Faint, padded(row.signature, signature)), display(row.example),
                       paint(style, Tone::Faint, style.arrow()), display(row.gives),
                       row.states_only ? paint(style, Tone::Faint, "  in Step Functions") : std::string());
  }
  return out;
}

}  // namespace stepglass::analysis
