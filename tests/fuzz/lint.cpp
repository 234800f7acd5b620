// The whole of lint, and completion at a few places. The first byte says what the file is called.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>

#include "analysis/api/complete.h"
#include "analysis/api/hover.h"
#include "analysis/api/lint.h"
#include "analysis/report/apply_fixes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass::analysis;
  static constexpr const char* kNames[] = {"a.asl.json", "a.asl.yaml", "template.yaml", "template.json", "main.tf",
                                           "serverless.yml"};
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  LintOptions options;
  options.select = {"all"};
  CheckedFiles files;
  files.push_back(lint_text(text, kNames[data[0] % std::size(kNames)], options));
  for (const PlacedFinding& placed : files[0].findings) {
    if (placed.finding.span.begin > placed.finding.span.end || placed.finding.span.end > text.size()) std::abort();
  }
  apply_fixes(files[0], true);
  for (const FindingsFormat format : {FindingsFormat::Text, FindingsFormat::Sarif}) format_findings(format, files, {});
  const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
  for (const std::uint32_t column : {1u, 1 + data[0] % 64u, 1 + static_cast<std::uint32_t>(size) / 2}) {
    const Completions completions =
        complete(text, kNames[data[0] % std::size(kNames)], {1 + data[size - 1] % lines, column});
    if (completions.replaced.begin > completions.replaced.end || completions.replaced.end > text.size()) std::abort();
    const auto told = hover(text, kNames[data[0] % std::size(kNames)], {1 + data[size - 1] % lines, column});
    if (told && (told->at.begin > told->at.end || told->at.end > text.size())) std::abort();
  }
  return 0;
}
