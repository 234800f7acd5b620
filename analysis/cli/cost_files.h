#pragma once
// Estimates the machines of files and folders, in parallel.

#include <optional>
#include <string>
#include <vector>

#include "analysis/api/cost.h"
#include "analysis/report/cost_report.h"
#include "analysis/sources/files/source_tree.h"

namespace stepglass::cli {

struct CostFilesOptions {
  /// Of each machine; its name is filled in.
  analysis::CostRequest request;
  /// Of machines whose type nothing says.
  MachineType type = MachineType::Standard;
  /// Executions that are played of each machine; 0 for none.
  std::uint64_t simulate = 0;
  std::uint64_t seed = 1;
  /// Threads; 0 is one for each core. The result does not depend on them.
  unsigned jobs = 0;
  bool progress = true;
};

struct CostedFiles {
  /// By file and place. A definition that templates name is there once for each of them, under the name and as the type
  /// that they give it.
  analysis::CostReport report;
  std::vector<analysis::SkippedPath> skipped;
};

CostedFiles cost_files(const analysis::SourceTree& tree, const CostFilesOptions& options);

/// The machines of a text, e.g. of standard input.
analysis::CostReport cost_text_input(std::string text, const std::string& name, const CostFilesOptions& options);

}  // namespace stepglass::cli
