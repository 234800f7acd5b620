// The whole of lint. The first byte says what the file is called.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>

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
  return 0;
}
