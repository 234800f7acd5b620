// What an editor asks of a text.

#include <fmt/format.h>

#include <utility>

#include "analysis/api/complete.h"
#include "analysis/api/format.h"
#include "analysis/api/hover.h"
#include "analysis/api/list.h"
#include "analysis/api/operations/operation.h"
#include "analysis/api/reply.h"
#include "engine/document/place_json.h"
#include "engine/value/json_list.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

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
    if (out.size() > kMaxReplyBytes) return reply_too_large();
  }
  out += "]}";
  return std::nullopt;
}

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
    append_json_member(out, "kind", word_kind_name(item.kind));
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
  append_json_member(out, "kind", word_kind_name(told->kind));
  append_json_member(out, "title", told->title);
  append_json_member(out, "text", told->text);
  out += "}}";
  return std::nullopt;
}

constexpr std::string_view kFormatFields[] = {"text", "filename", "indent", "width"};

std::optional<ApiError> format_operation(Fields& fields, std::string& out) {
  auto text = fields.text("text");
  if (!text) fields.refuse("\"text\" is missing");
  const std::string filename = fields.text("filename").value_or("");
  JsonLayout layout;
  if (const auto indent = fields.count("indent", kMaxIndent, kMinIndent)) {
    layout.indent = static_cast<std::uint32_t>(*indent);
  }
  if (const auto width = fields.count("width", kMaxFormatWidth)) layout.width = static_cast<std::uint32_t>(*width);
  if (fields.fault()) return fields.fault();
  const auto formatting = format(*std::move(text), filename, layout);
  if (!formatting) return formatting.error();
  if (!append_formatting(out, *formatting)) return reply_too_large();
  return std::nullopt;
}

constexpr Operation kOperations[] = {
    {"list", kListFields, list_operation},
    {"complete", kPointedFields, complete_operation},
    {"hover", kPointedFields, hover_operation},
    {"format", kFormatFields, format_operation}};

}  // namespace

std::span<const Operation> text_operations() { return kOperations; }

}  // namespace stepglass::analysis
