// For people: excerpts, one line each, a table.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/excerpt.h"
#include "analysis/report/finding_formats.h"
#include "analysis/report/markdown.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis::detail {
namespace {

/// A file's name where a line may begin with it: no runner may take the line for a command of its own.
std::string shown_name(std::string_view name) {
  const std::string text = name == "-" ? std::string("stdin") : display(name);
  return text.starts_with("::") || text.starts_with("##[") ? "./" + text : text;
}

std::string summary(const CheckedFiles& files) {
  const Tally counts = tally(files);
  if (counts.all() == 0 && counts.suppressed == 0) {
    return fmt::format("checked {}: nothing found\n", counted(files.size(), "file"));
  }
  std::size_t safe = 0, unsafe = 0;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) {
      if (!placed.finding.fixes.empty()) ++(placed.finding.fixes.front().safe ? safe : unsafe);
    }
  }
  std::string text;
  if (safe > 0) text += fmt::format("--fix mends {} of them\n", safe);
  if (unsafe > 0) text += fmt::format("--fix --unsafe-fixes mends {} {}\n", unsafe, safe > 0 ? "more" : "of them");
  text += fmt::format("checked {}: {}, {}", counted(files.size(), "file"), counted(counts.errors, "error"),
                      counted(counts.warnings, "warning"));
  if (counts.infos > 0) text += fmt::format(", {}", counted(counts.infos, "info"));
  if (counts.suppressed > 0) text += fmt::format(" ({} suppressed)", counts.suppressed);
  return text + '\n';
}

}  // namespace

std::string findings_text(const CheckedFiles& files, const Style& style) {
  std::string out;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) {
      const Finding& finding = placed.finding;
      const Tone tone = finding.severity == Severity::Error     ? Tone::Bad
                        : finding.severity == Severity::Warning ? Tone::Warning
                                                                : Tone::Accent;
      out += paint(style, tone, fmt::format("{}[{}]", severity_name(finding.severity), finding.code));
      out += paint(style, Tone::Strong, fmt::format(" {}: {}", finding.name, display(finding.message)));
      out += '\n';
      std::string note;
      if (!placed.machine.empty()) note = display(placed.machine);
      if (!finding.pointer.empty()) note += (note.empty() ? "" : " ") + cut(style, display(finding.pointer), 60);
      const std::size_t gutter =
          append_excerpt(out, finding.span, file.document, shown_name(file.name), note, style, tone);
      const std::string indent(gutter, ' ');
      const std::string sign = paint(style, Tone::Faint, "=");
      for (std::size_t i = 0; i < finding.related.size(); ++i) {
        out += fmt::format("{} {} line {}: {}\n", indent, sign, placed.related[i].first.line,
                           display(finding.related[i].message));
      }
      if (!finding.path.empty()) out += fmt::format("{} {} path: {}\n", indent, sign, display(arrows(finding.path)));
      if (!finding.help.empty()) out += fmt::format("{} {} help: {}\n", indent, sign, display(finding.help));
      out += '\n';
    }
  }
  return out + summary(files);
}

std::string findings_concise(const CheckedFiles& files, const Style& style) {
  std::string out;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) {
      const Finding& finding = placed.finding;
      const Tone tone = finding.severity == Severity::Error     ? Tone::Bad
                        : finding.severity == Severity::Warning ? Tone::Warning
                                                                : Tone::Accent;
      out += fmt::format("{}:{}:{}: {} {}: {}\n", shown_name(file.name), placed.start.line, placed.start.column,
                         paint(style, tone, fmt::format("{}[{}]", severity_name(finding.severity), finding.code)),
                         finding.name, display(finding.message));
    }
  }
  return out;
}

std::string findings_markdown(const CheckedFiles& files) {
  std::string out;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) {
      const Finding& finding = placed.finding;
      if (out.empty()) out = "| | Rule | Place | Finding |\n|---|---|---|---|\n";
      out += fmt::format("| {} | {} {} | {}:{}:{} | {} |\n", severity_name(finding.severity), finding.code,
                         finding.name, markdown_cell(shown_name(file.name)), placed.start.line, placed.start.column,
                         markdown_cell(finding.message));
    }
  }
  if (!out.empty()) out += '\n';
  return out + summary(files);
}

std::string findings_github(const CheckedFiles& files) {
  // GitHub shows the first few of each step only: the worst come first.
  struct Entry {
    const CheckedFile* file;
    const PlacedFinding* placed;
  };
  std::vector<Entry> entries;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) entries.push_back({&file, &placed});
  }
  sort_stable(entries,
              [](const Entry& a, const Entry& b) { return a.placed->finding.severity < b.placed->finding.severity; });
  // What the runner takes apart is escaped. Source: actions/toolkit, packages/core/src/command.ts.
  const auto escaped = [](std::string_view text, bool property) {
    std::string out;
    for (const char c : display(text)) {
      if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      } else {
        out += c;
      }
    }
    return out;
  };
  std::string out;
  for (const auto& [file, placed] : entries) {
    const Finding& finding = placed->finding;
    const std::string_view word = finding.severity == Severity::Error     ? "error"
                                  : finding.severity == Severity::Warning ? "warning"
                                                                          : "notice";
    std::string message = finding.message;
    if (!finding.help.empty()) message += "; " + finding.help;
    out += fmt::format("::{} file={},line={},col={},endLine={},endColumn={},title={} {}::{}\n", word,
                       escaped(file->name, true), placed->start.line, placed->start.column, placed->end.line,
                       placed->end.column, finding.code, finding.name, escaped(message, false));
  }
  return out;
}

}  // namespace stepglass::analysis::detail
