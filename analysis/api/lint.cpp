#include "analysis/api/lint.h"

#include "analysis/rules/framework/registry.h"
#include "engine/support/number.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

PlacedFinding place(Finding finding, const Document& document) {
  const auto range = [&](Span span) { return std::pair(document.position(span.begin), document.position(span.end)); };
  PlacedFinding placed;
  std::tie(placed.start, placed.end) = range(finding.span);
  for (const Related& related : finding.related) placed.related.push_back(range(related.span));
  for (const Fix& fix : finding.fixes) placed.fixes.push_back(range(fix.span));
  placed.finding = std::move(finding);
  return placed;
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += ",\"";
  out += name;
  out += "\":";
  append_json_string(out, text);
}

void append_position(std::string& out, Position position, std::uint32_t offset) {
  out += "{\"line\":";
  append_integer(out, position.line);
  out += ",\"column\":";
  append_integer(out, position.column);
  out += ",\"offset\":";
  append_integer(out, offset);
  out += '}';
}

void append_range(std::string& out, Position start, Position end, Span span) {
  out += ",\"range\":{\"start\":";
  append_position(out, start, span.begin);
  out += ",\"end\":";
  append_position(out, end, span.end);
  out += '}';
}

}  // namespace

LintedFile lint_text(std::string text, std::string_view, const LintOptions& options) {
  LintedFile file{read_json(std::move(text)), {}, {}};
  LintResult result = lint(file.document, options);
  for (Finding& finding : result.findings) file.findings.push_back(place(std::move(finding), file.document));
  for (Suppressed& suppressed : result.suppressed) {
    file.suppressed.push_back(place(std::move(suppressed.finding), file.document));
    file.suppressed.back().reason = std::move(suppressed.reason);
  }
  return file;
}

void append_finding(std::string& out, const PlacedFinding& placed, std::string_view file) {
  const Finding& finding = placed.finding;
  out += "{\"code\":";
  append_json_string(out, finding.code);
  append_member(out, "name", finding.name);
  append_member(out, "severity", severity_name(finding.severity));
  append_member(out, "message", finding.message);
  append_member(out, "help", finding.help);
  if (!file.empty()) append_member(out, "file", file);
  append_range(out, placed.start, placed.end, finding.span);
  append_member(out, "pointer", finding.pointer);
  append_member(out, "machine", placed.machine);
  if (!finding.path.empty()) {
    out += ",\"path\":[";
    for (std::size_t i = 0; i < finding.path.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, finding.path[i]);
    }
    out += ']';
  }
  out += ",\"related\":[";
  for (std::size_t i = 0; i < finding.related.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"message\":";
    append_json_string(out, finding.related[i].message);
    append_range(out, placed.related[i].first, placed.related[i].second, finding.related[i].span);
    out += '}';
  }
  out += "],\"fixes\":[";
  for (std::size_t i = 0; i < finding.fixes.size(); ++i) {
    const Fix& fix = finding.fixes[i];
    if (i > 0) out += ',';
    out += "{\"title\":";
    append_json_string(out, fix.title);
    append_range(out, placed.fixes[i].first, placed.fixes[i].second, fix.span);
    append_member(out, "replacement", fix.replacement);
    out += ",\"safe\":";
    out += fix.safe ? "true" : "false";
    out += '}';
  }
  out += ']';
  append_member(out, "aws_code", finding.aws_code);
  if (!placed.reason.empty()) append_member(out, "reason", placed.reason);
  out += '}';
}

}  // namespace stepglass::analysis
