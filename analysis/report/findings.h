#pragma once
// Findings of files in the shapes that people and other programs read. Text from files reaches no terminal, annotation
// or XML unescaped.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/report/columns.h"
#include "analysis/rules/framework/report.h"
#include "engine/document/document.h"

namespace stepglass::analysis {

/// What says that a finding is not to be told.
enum class SilencedBy : std::uint8_t { Comment, Baseline, Configuration };

/// A finding with the lines and columns of its places.
struct PlacedFinding {
  Finding finding;
  Position start = {};
  Position end = {};
  /// Of each of finding.related, and of each of finding.fixes.
  std::vector<std::pair<Position, Position>> related = {};
  std::vector<std::pair<Position, Position>> fixes = {};
  /// The state machine inside the file; empty when the file is one.
  std::string machine = {};
  /// Why it is not to be told, and who says so; only among the suppressed.
  std::string reason = {};
  SilencedBy silenced_by = SilencedBy::Comment;
};

/// `finding` with its places in `document`.
PlacedFinding place(Finding finding, const Document& document);

struct CheckedFile {
  /// As people know it; "-" for standard input.
  std::string name;
  Document document;
  std::vector<PlacedFinding> findings;
  std::vector<PlacedFinding> suppressed;
};

using CheckedFiles = std::vector<CheckedFile>;

struct Tally {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t infos = 0;
  std::size_t suppressed = 0;
  std::size_t all() const { return errors + warnings + infos; }
};
Tally tally(const CheckedFiles& files);

enum class FindingsFormat : std::uint8_t {
  Text,
  Concise,
  Json,
  Jsonl,
  Sarif,
  Github,
  Gitlab,
  Junit,
  Checkstyle,
  Rdjsonl,
  Markdown,
};
/// "text", "concise", …
std::optional<FindingsFormat> parse_findings_format(std::string_view word);
/// All of these words: "text, concise, …"
std::string findings_formats();

/// All findings of `files`. `style` counts for Text and Concise only.
std::string format_findings(FindingsFormat format, const CheckedFiles& files, const Style& style);

/// How often each rule was found, the most frequent first.
std::string format_statistics(const CheckedFiles& files);

/// Appends {"code": …, "name": …, "severity": …, "message": …, "range": …, …}; `file` is left out when empty.
void append_finding(std::string& out, const PlacedFinding& finding, std::string_view file = {});

}  // namespace stepglass::analysis
