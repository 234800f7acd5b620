#pragma once
// Lints a text and shows what was found, one line each.

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/api/lint.h"
#include "analysis/rules/framework/lint.h"
#include "analysis/rules/framework/registry.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

inline std::vector<std::string> template_lines(std::string text, const LintOptions& options) {
  const std::string name = text.starts_with('{') ? "template.json" : "template.yaml";
  std::vector<std::string> lines;
  for (const PlacedFinding& placed : lint_text(std::move(text), name, options).findings) {
    const Finding& finding = placed.finding;
    lines.push_back(fmt::format("{}:{} {} {} {}: {}", placed.start.line, placed.start.column,
                                severity_name(finding.severity), finding.code, finding.name, finding.message));
  }
  return lines;
}

/// "4:3 warning ASL203 unreachable-state: state "C" can never run"
inline std::vector<std::string> lint_lines(std::string text, const LintOptions& options) {
  // Of a template what is around the definitions counts, too.
  if (text.find("AWS::") != std::string::npos && text.find("\"Resources\"") != std::string::npos) {
    return template_lines(std::move(text), options);
  }
  // The YAML of examples starts with a field, JSON with anything else.
  const Document document = text.starts_with("StartAt") ? read_yaml(std::move(text)) : read_json(std::move(text));
  std::vector<std::string> lines;
  for (const Finding& finding : lint(document, options).findings) {
    const Position at = document.position(finding.span.begin);
    lines.push_back(fmt::format("{}:{} {} {} {}: {}", at.line, at.column, severity_name(finding.severity), finding.code,
                                finding.name, finding.message));
    if (!finding.path.empty()) lines.back() += fmt::format("\n  path: {}", arrows(finding.path));
  }
  return lines;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

/// The files in which diagnostics of definitions are made.
inline std::vector<std::string> engine_sources() {
  std::vector<std::string> files;
  for (const char* folder : {"engine/model", "engine/document"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(STEPGLASS_SOURCE_DIR) + '/' + folder)) {
      if (entry.path().extension() == ".cpp") files.push_back(entry.path().string());
    }
  }
  files.push_back(STEPGLASS_SOURCE_DIR "/analysis/sources/resource_checks.cpp");
  return files;
}

}  // namespace stepglass::analysis
