#pragma once
// What became of machines: for a terminal, for a pull request, and as JSON.

#include <optional>
#include <string>
#include <vector>

#include "analysis/cost/compare.h"
#include "analysis/diff/diff.h"
#include "analysis/report/columns.h"

namespace stepglass::analysis {

/// A machine of which there are two states of affairs.
struct ComparedMachine {
  std::string name;
  /// There was none, or there is none any more; then the rest is empty.
  bool is_added = false, is_removed = false;
  MachineDiff diff;
  /// Nothing where one of them has no estimate.
  std::optional<CostChange> cost;

  bool is_same() const { return !is_added && !is_removed && diff.is_empty(); }
};
using ComparedMachines = std::vector<ComparedMachine>;

/// Machines that are the same are left out of text and Markdown.
std::string diff_text(const ComparedMachines& machines, const Style& style);
std::string diff_markdown(const ComparedMachines& machines);
/// {"machines": […]}
std::string diff_json(const ComparedMachines& machines);
/// The JSON of one: what op "diff" answers.
void append_compared(std::string& out, const ComparedMachine& machine);

}  // namespace stepglass::analysis
