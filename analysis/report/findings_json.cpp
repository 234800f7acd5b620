// Shapes that are JSON: our own, SARIF 2.1.0, GitLab's Code Quality, reviewdog's rdjsonl.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/finding_formats.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/hash.h"
#include "engine/document/place_json.h"
#include "engine/support/number.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace detail {

void append_number(std::string& out, std::string_view name, std::uint64_t number) {
  out += ",\"";
  out += name;
  out += "\":";
  append_integer(out, static_cast<std::int64_t>(number));
}

}  // namespace detail

using detail::append_number;

namespace {

void append_members(std::string& out, const PlacedFinding& placed, std::string_view file) {
  const Finding& finding = placed.finding;
  out += "\"code\":";
  append_json_string(out, finding.code);
  append_json_member(out, "name", finding.name);
  append_json_member(out, "severity", severity_name(finding.severity));
  append_json_member(out, "message", finding.message);
  append_json_member(out, "help", finding.help);
  if (!file.empty()) append_json_member(out, "file", detail::readable_name(std::string(file)));
  out += ',';
  append_range(out, finding.span, placed.start, placed.end);
  append_json_member(out, "pointer", finding.pointer);
  append_json_member(out, "machine", placed.machine);
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
    out += ',';
    append_range(out, finding.related[i].span, placed.related[i].first, placed.related[i].second);
    out += '}';
  }
  out += "],\"fixes\":[";
  for (std::size_t i = 0; i < finding.fixes.size(); ++i) {
    const Fix& fix = finding.fixes[i];
    if (i > 0) out += ',';
    out += "{\"title\":";
    append_json_string(out, fix.title);
    out += ',';
    append_range(out, fix.span, placed.fixes[i].first, placed.fixes[i].second);
    append_json_member(out, "replacement", fix.replacement);
    out += ",\"safe\":";
    out += fix.safe ? "true" : "false";
    out += '}';
  }
  out += ']';
  append_json_member(out, "aws_code", finding.aws_code);
  if (!placed.reason.empty()) append_json_member(out, "reason", placed.reason);
}

}  // namespace

void append_finding(std::string& out, const PlacedFinding& finding, std::string_view file) {
  out += '{';
  append_members(out, finding, file);
  out += '}';
}

namespace detail {
namespace {

/// Calls `f(file, finding, fingerprint)` for all of them, `between` between two.
template <typename F>
void for_each(const CheckedFiles& files, std::string& out, std::string_view between, F f) {
  bool first = true;
  for (const CheckedFile& file : files) {
    const std::vector<std::string> prints = fingerprints(file);
    for (std::size_t i = 0; i < file.findings.size(); ++i) {
      if (!first) out += between;
      first = false;
      f(file, file.findings[i], prints[i]);
    }
  }
}

void append_full(std::string& out, const CheckedFile& file, const PlacedFinding& placed, std::string_view print) {
  out += '{';
  append_members(out, placed, file.name);
  append_json_member(out, "fingerprint", print);
  out += '}';
}

}  // namespace

std::string findings_json(const CheckedFiles& files) {
  std::string out = "{\"findings\":[";
  for_each(files, out, ",", [&](const CheckedFile& file, const PlacedFinding& placed, const std::string& print) {
    out += '\n';
    append_full(out, file, placed, print);
  });
  out += "],\n\"suppressed\":[";
  bool first = true;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.suppressed) {
      if (!first) out += ',';
      first = false;
      out += '\n';
      append_finding(out, placed, file.name);
    }
  }
  const Tally counts = tally(files);
  out += "],\n\"summary\":{\"files\":";
  append_integer(out, static_cast<std::int64_t>(files.size()));
  append_number(out, "errors", counts.errors);
  append_number(out, "warnings", counts.warnings);
  append_number(out, "infos", counts.infos);
  append_number(out, "suppressed", counts.suppressed);
  return out + "}}\n";
}

std::string findings_jsonl(const CheckedFiles& files) {
  std::string out;
  for_each(files, out, "", [&](const CheckedFile& file, const PlacedFinding& placed, const std::string& print) {
    append_full(out, file, placed, print);
    out += '\n';
  });
  return out;
}

namespace {

std::string_view sarif_level(Severity severity) {
  return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "note";
}

void append_message(std::string& out, std::string_view name, std::string_view text) {
  out += ",\"";
  out += name;
  out += "\":{\"text\":";
  append_json_string(out, display(text));
  out += '}';
}

void append_region(std::string& out, std::string_view file, Position start, Position end, std::string_view message) {
  out += "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":";
  append_json_string(out, uri_of(file));
  out += "},\"region\":{\"startLine\":";
  append_integer(out, start.line);
  append_number(out, "startColumn", start.column);
  append_number(out, "endLine", end.line);
  append_number(out, "endColumn", end.column);
  out += "}}";
  if (!message.empty()) append_message(out, "message", message);
  out += '}';
}

void append_result(std::string& out, const CheckedFile& file, const PlacedFinding& placed, std::string_view print,
                   bool suppressed) {
  const Finding& finding = placed.finding;
  out += "\n{\"ruleId\":";
  append_json_string(out, finding.code);
  append_json_member(out, "level", sarif_level(finding.severity));
  std::string message = finding.message;
  if (!finding.help.empty()) message += "; " + finding.help;
  append_message(out, "message", message);
  out += ",\"locations\":[";
  append_region(out, file.name, placed.start, placed.end, {});
  if (!finding.pointer.empty()) {
    out.pop_back();
    out += ",\"logicalLocations\":[{\"fullyQualifiedName\":";
    append_json_string(out, display(finding.pointer));
    out += "}]}";
  }
  out += ']';
  if (!finding.related.empty()) {
    out += ",\"relatedLocations\":[";
    for (std::size_t i = 0; i < finding.related.size(); ++i) {
      if (i > 0) out += ',';
      append_region(out, file.name, placed.related[i].first, placed.related[i].second, finding.related[i].message);
    }
    out += ']';
  }
  if (!print.empty()) {
    out += ",\"partialFingerprints\":{\"stepglass/v1\":";
    append_json_string(out, fmt::format("{:016x}", hash_text(print)));
    out += '}';
  }
  if (suppressed) {
    // Baselines and configurations are files of their own.
    out += fmt::format(",\"suppressions\":[{{\"kind\":\"{}\"",
                       placed.silenced_by == SilencedBy::Comment ? "inSource" : "external");
    if (!placed.reason.empty()) append_json_member(out, "justification", display(placed.reason));
    out += "}]";
  }
  out += '}';
}

}  // namespace

std::string findings_sarif(const CheckedFiles& files) {
  std::string out =
      "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
      "\"tool\":{\"driver\":{\"name\":\"stepglass\",\"version\":\"" STEPGLASS_VERSION "\",\"rules\":[";
  std::vector<const Rule*> rules;
  for (const Rule* rule : all_rules()) rules.push_back(rule);
  sort_stable(rules, [](const Rule* a, const Rule* b) { return a->code < b->code; });
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i > 0) out += ',';
    out += "\n{\"id\":";
    append_json_string(out, rules[i]->code);
    append_json_member(out, "name", rules[i]->name);
    append_message(out, "shortDescription", rules[i]->summary);
    append_message(out, "fullDescription", rules[i]->why);
    out += ",\"help\":{\"text\":";
    // Its examples are data, too; their line ends stay.
    std::string help;
    for (const std::string_view part : {rules[i]->why, std::string_view("\nFound in: "), rules[i]->bad,
                                        std::string_view("\nNot in: "), rules[i]->good, std::string_view("\nSource: "),
                                        rules[i]->source}) {
      for (std::size_t at = 0; at <= part.size();) {
        const std::size_t end = std::min(part.find('\n', at), part.size());
        help += display(part.substr(at, end - at));
        if (end < part.size()) help += '\n';
        at = end + 1;
      }
    }
    append_json_string(out, help);
    out += '}';
    out += ",\"defaultConfiguration\":{\"level\":";
    append_json_string(out, sarif_level(rules[i]->severity));
    out += "}}";
  }
  out += "]}},\"columnKind\":\"utf16CodeUnits\",\"results\":[";
  for_each(files, out, ",", [&](const CheckedFile& file, const PlacedFinding& placed, const std::string& print) {
    append_result(out, file, placed, print, false);
  });
  bool first = tally(files).all() == 0;
  for (const CheckedFile& file : files) {
    for (const PlacedFinding& placed : file.suppressed) {
      if (!first) out += ',';
      first = false;
      append_result(out, file, placed, {}, true);
    }
  }
  return out + "]}]}\n";
}

std::string findings_gitlab(const CheckedFiles& files) {
  std::string out = "[";
  for_each(files, out, ",", [&](const CheckedFile& file, const PlacedFinding& placed, const std::string& print) {
    const Finding& finding = placed.finding;
    out += "\n{\"description\":";
    append_json_string(out, display(finding.message));
    append_json_member(out, "check_name", finding.name);
    append_json_member(out, "fingerprint", fmt::format("{:016x}", hash_text(print, hash_text(file.name))));
    append_json_member(out, "severity",
                  finding.severity == Severity::Error     ? "critical"
                  : finding.severity == Severity::Warning ? "minor"
                                                          : "info");
    out += ",\"location\":{\"path\":";
    append_json_string(out, readable_name(file.name));
    out += ",\"lines\":{\"begin\":";
    append_integer(out, placed.start.line);
    append_number(out, "end", placed.end.line);
    out += "}}}";
  });
  return out + "]\n";
}

/// The column as reviewdog counts: bytes of UTF-8, from 1.
std::size_t byte_column(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t line = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return offset - (line == std::string_view::npos ? 0 : line + 1) + 1;
}

std::string findings_rdjsonl(const CheckedFiles& files) {
  std::string out;
  for_each(files, out, "", [&](const CheckedFile& file, const PlacedFinding& placed, const std::string&) {
    const Finding& finding = placed.finding;
    std::string message = finding.message;
    if (!finding.help.empty()) message += "; " + finding.help;
    out += "{\"message\":";
    append_json_string(out, display(message));
    out += ",\"location\":{\"path\":";
    append_json_string(out, readable_name(file.name));
    out += ",\"range\":{\"start\":{\"line\":";
    append_integer(out, placed.start.line);
    append_number(out, "column", byte_column(file.document.text(), finding.span.begin));
    out += "},\"end\":{\"line\":";
    append_integer(out, placed.end.line);
    append_number(out, "column", byte_column(file.document.text(), finding.span.end));
    out += "}}}";
    append_json_member(out, "severity",
                  finding.severity == Severity::Error     ? "ERROR"
                  : finding.severity == Severity::Warning ? "WARNING"
                                                          : "INFO");
    out += ",\"code\":{\"value\":";
    append_json_string(out, finding.code);
    out += "},\"source\":{\"name\":\"stepglass\"}}\n";
  });
  return out;
}

}  // namespace detail
}  // namespace stepglass::analysis
