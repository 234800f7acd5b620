#include "analysis/api/lint.h"

#include <algorithm>
#include <utility>

#include "analysis/sources/find_definitions.h"
#include "engine/support/sort.h"

namespace stepglass::analysis {
namespace {

void add_findings(const FoundMachine& machine, const LintOptions& options, CheckedFile& file) {
  const Document& definition = *machine.definition;
  LintOptions own = options;
  own.type = machine.type.value_or(options.type);
  LintResult result = lint(definition, own);
  const std::string name = machine.form == Form::File ? std::string() : machine.name;
  for (Finding& finding : result.findings) {
    file.findings.push_back(place(std::move(finding), definition));
    file.findings.back().machine = name;
  }
  for (Suppressed& suppressed : result.suppressed) {
    file.suppressed.push_back(place(std::move(suppressed.finding), definition));
    file.suppressed.back().machine = name;
    file.suppressed.back().reason = std::move(suppressed.reason);
  }
}

}  // namespace

LintedFile lint_file(std::string text, std::string filename, const LintOptions& options, bool is_definition) {
  FoundInFile found = is_definition ? find_expected_definitions(std::move(text), filename)
                                    : find_definitions(std::move(text), filename);
  LintedFile linted{{std::move(filename), unread_document(""), {}, {}}, {}, found.machines.size(), {}};
  CheckedFile& file = linted.checked;
  if (found.host) {
    std::vector<Finding> around = findings_of(found.resources, options);
    if (means_machines(found.host->text())) {
      for (Finding& finding : findings_around(found.diagnostics, options)) around.push_back(std::move(finding));
    }
    for (Finding& finding : around) file.findings.push_back(place(std::move(finding), *found.host));
    if (!file.findings.empty()) file.document = unread_document(std::string(found.host->text()));
  }
  for (const FoundMachine& machine : found.machines) {
    if (machine.definition) add_findings(machine, options, file);
    if (machine.form == Form::Unread) linted.unread.push_back({machine.position, machine.name, machine.reason});
    if (!machine.file.empty()) linted.references.push_back({machine.file, machine.type});
  }
  sort_stable(file.findings, [](const PlacedFinding& a, const PlacedFinding& b) {
    return a.finding.span.begin < b.finding.span.begin;
  });
  // Of the text only its lines are needed from here on.
  if (!file.findings.empty() || !file.suppressed.empty()) {
    for (const FoundMachine& machine : found.machines) {
      if (!machine.definition) continue;
      file.document = unread_document(std::string(machine.definition->text()));
      break;
    }
  }
  return linted;
}

CheckedFile lint_text(std::string text, std::string filename, const LintOptions& options) {
  return lint_file(std::move(text), std::move(filename), options, true).checked;
}

}  // namespace stepglass::analysis
