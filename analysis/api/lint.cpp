#include "analysis/api/lint.h"

namespace stepglass::analysis {
namespace {

bool is_yaml(std::string_view text, std::string_view filename) {
  if (filename.ends_with(".yaml") || filename.ends_with(".yml")) return true;
  if (filename.ends_with(".json")) return false;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] != '{' && text[first] != '[' && text[first] != '"';
}

Document read_definition(std::string text, std::string_view filename) {
  return is_yaml(text, filename) ? read_yaml(std::move(text)) : read_json(std::move(text));
}

}  // namespace

CheckedFile lint_text(std::string text, std::string filename, const LintOptions& options) {
  Document document = read_definition(std::move(text), filename);
  LintResult result = lint(document, options);
  CheckedFile file{std::move(filename), std::move(document), {}, {}};
  for (Finding& finding : result.findings) file.findings.push_back(place(std::move(finding), file.document));
  for (Suppressed& suppressed : result.suppressed) {
    file.suppressed.push_back(place(std::move(suppressed.finding), file.document));
    file.suppressed.back().reason = std::move(suppressed.reason);
  }
  return file;
}

}  // namespace stepglass::analysis
