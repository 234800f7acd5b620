// Shapes that are XML: JUnit's, with a test case per file, and Checkstyle's.

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/finding_formats.h"
#include "analysis/rules/framework/registry.h"
#include "engine/support/text.h"
#include "engine/support/xml.h"

namespace stepglass::analysis::detail {
std::string findings_junit(const CheckedFiles& files) {
  // A note is no failure: it passes, and can be read.
  const auto failures_of = [](const CheckedFile& file) {
    return std::count_if(file.findings.begin(), file.findings.end(),
                         [](const PlacedFinding& placed) { return placed.finding.severity != Severity::Info; });
  };
  std::ptrdiff_t failures = 0;
  std::size_t tests = 0;
  for (const CheckedFile& file : files) {
    failures += failures_of(file);
    tests += std::max<std::size_t>(file.findings.size(), 1);
  }
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"stepglass\" tests=\"{}\" failures=\"{}\">\n",
      tests, failures);
  for (const CheckedFile& file : files) {
    const std::size_t count = file.findings.size();
    out += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml_text(file.name),
                       count == 0 ? 1 : count, failures_of(file));
    if (count == 0) out += fmt::format("    <testcase name=\"{}\" classname=\"stepglass\"/>\n", xml_text(file.name));
    for (const PlacedFinding& placed : file.findings) {
      const Finding& finding = placed.finding;
      out += fmt::format("    <testcase name=\"{} {}:{}\" classname=\"{}\" file=\"{}\" line=\"{}\">\n", finding.name,
                         placed.start.line, placed.start.column, xml_text(file.name), xml_text(file.name), placed.start.line);
      if (finding.severity == Severity::Info) {
        out += fmt::format("      <system-out>{}</system-out>\n", xml_text(finding.message));
      } else {
        out += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", severity_name(finding.severity),
                           xml_text(finding.message), xml_text(finding.help));
      }
      out += "    </testcase>\n";
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

std::string findings_checkstyle(const CheckedFiles& files) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const CheckedFile& file : files) {
    if (file.findings.empty()) continue;
    out += fmt::format("  <file name=\"{}\">\n", xml_text(file.name));
    for (const PlacedFinding& placed : file.findings) {
      const Finding& finding = placed.finding;
      out +=
          fmt::format("    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"stepglass.{}\"/>\n",
                      placed.start.line, placed.start.column, severity_name(finding.severity),
                      xml_text(finding.message), finding.code);
    }
    out += "  </file>\n";
  }
  return out + "</checkstyle>\n";
}

}  // namespace stepglass::analysis::detail
