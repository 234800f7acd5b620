#include "analysis/api/format.h"

#include <fmt/format.h>

#include <utility>

#include "analysis/api/definition.h"
#include "analysis/api/reply.h"
#include "engine/document/place_json.h"
#include "engine/value/print.h"

namespace stepglass::analysis {

Result<Formatting, ApiError> format(std::string text, std::string_view filename, const JsonLayout& layout) {
  if (filename.ends_with(".yaml") || filename.ends_with(".yml") || is_yaml_definition(text)) {
    return ApiError{.code = "NotJson",
                    .message = "YAML keeps the layout and the comments that its author gave it",
                    .help = "only JSON is formatted"};
  }
  Document document = read_json(std::move(text));
  auto changes = format_json(document, layout);
  if (changes) return Formatting{std::move(document), *std::move(changes)};
  const Diagnostic& fault = changes.error();
  const Position at = document.position(fault.span.begin);
  return ApiError{.code = "InvalidDefinition",
                  .message = fmt::format("line {}, column {}: {}", at.line, at.column, fault.message),
                  .diagnostics = placed({fault}, document)};
}

bool append_formatting(std::string& out, const Formatting& formatting) {
  out += "{\"edits\":[";
  bool first = true;
  for (const SpaceChange& change : formatting.changes) {
    if (!first) out += ',';
    first = false;
    out += '{';
    append_range(out, change.span, formatting.document.position(change.span.begin),
                 formatting.document.position(change.span.end));
    append_json_member(out, "replacement", change.replacement());
    out += '}';
    if (out.size() > kMaxReplyBytes) return false;
  }
  out += "]}";
  return true;
}

}  // namespace stepglass::analysis
