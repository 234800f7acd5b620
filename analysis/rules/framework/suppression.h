#pragma once
// Directives in Comments, the only free text that the service takes:
//
//   "Comment": "Polls the bank. stepglass:ignore[ASL211, busy-loop] the bank caps it at an hour"
//
// ignore counts for the object whose Comment it is, without the states inside; ignore-tree with them; ignore-file, in
// the Comment at the top, for the whole definition.

#include <functional>
#include <optional>
#include <vector>

#include "analysis/rules/framework/lint.h"
#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

/// Directives of one definition that are read.
inline constexpr std::size_t kMaxDirectives = 1000;

/// Moves the findings that directives cover out of `result.findings`, which is sorted by place, and adds findings for
/// directives that cover nothing. `severity` says how a rule is graded, or nothing where it is not selected: a directive for
/// such a one is not useless.
void apply_directives(const MachineView& view, LintResult& result,
                      const std::function<std::optional<Severity>(const Rule&)>& severity);

}  // namespace stepglass::analysis
