#include "analysis/cli/read.h"

#include "analysis/report/excerpt.h"
#include "engine/support/text.h"

namespace stepglass::cli {

bool report(const analysis::Definition& definition, const std::string& file) {
  const analysis::Style style = style_of(2);
  std::string text;
  std::size_t errors = 0, warnings = 0;
  for (const Diagnostic& diagnostic : definition.loaded.diagnostics) {
    (diagnostic.severity == Severity::Error ? errors : warnings) += diagnostic.severity != Severity::Info;
    text += analysis::excerpt_text(diagnostic, definition.document, file == "-" ? "standard input" : file, style);
    text += '\n';
  }
  if (errors > 0) {
    text += fmt::format("{}: {}", display(file), counted(errors, "error"));
    if (warnings > 0) text += fmt::format(", {}", counted(warnings, "warning"));
    text += '\n';
  }
  write(2, text);
  return definition.loaded.machine && errors == 0;
}

WrongUse broken_json(std::string_view what, const Document& document, const Diagnostic& diagnostic) {
  const Position place = document.position(diagnostic.span.begin);
  return {fmt::format("{}: {} (line {}, column {})", what, display(diagnostic.message), place.line, place.column),
          display(diagnostic.help)};
}

}  // namespace stepglass::cli
