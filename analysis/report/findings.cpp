#include "analysis/report/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/report/finding_formats.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

struct FormatRow {
  std::string_view word;
  FindingsFormat format;
};

constexpr FormatRow kFormats[] = {
    {"text", FindingsFormat::Text},
    {"concise", FindingsFormat::Concise},
    {"json", FindingsFormat::Json},
    {"jsonl", FindingsFormat::Jsonl},
    {"sarif", FindingsFormat::Sarif},
    {"github", FindingsFormat::Github},
    {"gitlab", FindingsFormat::Gitlab},
    {"junit", FindingsFormat::Junit},
    {"checkstyle", FindingsFormat::Checkstyle},
    {"rdjsonl", FindingsFormat::Rdjsonl},
    {"markdown", FindingsFormat::Markdown},
};

}  // namespace

PlacedFinding place(Finding finding, const Document& document) {
  const auto range = [&](Span span) { return std::pair(document.position(span.begin), document.position(span.end)); };
  PlacedFinding placed;
  std::tie(placed.start, placed.end) = range(finding.span);
  for (const Related& related : finding.related) placed.related.push_back(range(related.span));
  for (const Fix& fix : finding.fixes) placed.fixes.push_back(range(fix.span));
  placed.finding = std::move(finding);
  return placed;
}

Tally tally(const CheckedFiles& files) {
  Tally result;
  for (const CheckedFile& file : files) {
    result.suppressed += file.suppressed.size();
    for (const PlacedFinding& placed : file.findings) {
      switch (placed.finding.severity) {
        case Severity::Error:
          ++result.errors;
          break;
        case Severity::Warning:
          ++result.warnings;
          break;
        case Severity::Info:
          ++result.infos;
          break;
      }
    }
  }
  return result;
}

std::optional<FindingsFormat> parse_findings_format(std::string_view word) {
  for (const FormatRow& row : kFormats) {
    if (row.word == word) return row.format;
  }
  return std::nullopt;
}

std::string findings_formats() {
  std::string text;
  for (const FormatRow& row : kFormats) {
    if (!text.empty()) text += ", ";
    text += row.word;
  }
  return text;
}

std::string format_findings(FindingsFormat format, const CheckedFiles& files, const Style& style) {
  switch (format) {
    case FindingsFormat::Text:
      return detail::findings_text(files, style);
    case FindingsFormat::Concise:
      return detail::findings_concise(files, style);
    case FindingsFormat::Json:
      return detail::findings_json(files);
    case FindingsFormat::Jsonl:
      return detail::findings_jsonl(files);
    case FindingsFormat::Sarif:
      return detail::findings_sarif(files);
    case FindingsFormat::Github:
      return detail::findings_github(files);
    case FindingsFormat::Gitlab:
      return detail::findings_gitlab(files);
    case FindingsFormat::Junit:
      return detail::findings_junit(files);
    case FindingsFormat::Checkstyle:
      return detail::findings_checkstyle(files);
    case FindingsFormat::Rdjsonl:
      return detail::findings_rdjsonl(files);
    case FindingsFormat::Markdown:
      return detail::findings_markdown(files);
  }
  return {};
}

std::string format_statistics(const CheckedFiles& files) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.findings) ++counts[{placed.finding.code, placed.finding.name}];
  }
  std::vector<std::pair<std::pair<std::string_view, std::string_view>, std::size_t>> rows(counts.begin(), counts.end());
  sort_stable(rows, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [rule, count] : rows) text += fmt::format("{:>6}  {}  {}\n", count, rule.first, rule.second);
  return text;
}

namespace detail {

std::vector<std::string> fingerprints(const CheckedFile& file) {
  std::vector<std::string> result;
  std::map<std::string, std::size_t> seen;
  for (const PlacedFinding& placed : file.findings) {
    const std::string same = fmt::format("{}:{}:{}", placed.finding.code, placed.machine, placed.finding.pointer);
    result.push_back(fmt::format("{}:{}", same, seen[same]++));
  }
  return result;
}

std::string readable_name(const std::string& name) { return find_invalid_utf8(name) ? display(name) : name; }

std::string uri_of(std::string_view name) {
  // A relative reference, or a whole one.
  std::string uri = name.starts_with('/') ? "file://" : "";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri;
}

}  // namespace detail
}  // namespace stepglass::analysis
