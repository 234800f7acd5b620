#pragma once
// What became of machines: for a terminal, for a pull request, and as JSON.

#include <optional>
#include <string>
#include <vector>

#include "analysis/cost/compare.h"
#include "analysis/diff/diff.h"
#include "analysis/report/columns.h"

namespace stepglass::analysis {

/// A machine that was, or is, on two sides.
struct ComparedMachine {
  std::string name;
  /// It was not there before, or is not any more; then the rest is empty.
  bool is_added = false, is_removed = false;
  /// Why it cannot be compared: its definition is not at hand on one side. Then the rest is empty.
  std::string unread;
  MachineDiff diff;
  /// Nothing unless both have an estimate.
  std::optional<CostChange> cost;

  bool is_same() const { return !is_added && !is_removed && unread.empty() && diff.is_empty(); }
};
using ComparedMachines = std::vector<ComparedMachine>;

/// Characters of a value, and rows of a table, in Markdown: comments of pull requests end at 65,536 characters.
inline constexpr std::size_t kMaxMarkdownValue = 160;
inline constexpr std::size_t kMaxMarkdownRows = 100;

/// Machines that are the same are left out of text and Markdown.
std::string diff_text(const ComparedMachines& machines, const Style& style);
std::string diff_markdown(const ComparedMachines& machines);
/// {"machines": […]}
std::string diff_json(const ComparedMachines& machines);
/// The JSON of one: what op "diff" answers.
void append_compared(std::string& out, const ComparedMachine& machine);

}  // namespace stepglass::analysis
