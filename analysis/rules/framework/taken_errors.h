#pragma once
// Entries of a Retry or a Catch that get no error, since an earlier entry takes all of theirs.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analysis/rules/check.h"

namespace stepglass::analysis {

/// Tells of such entries of a task, which people call `word`. Linear in the names of all entries.
template <typename Entries>
void report_taken_errors(const Entries& entries, std::string_view word, Report& report) {
  std::size_t takes = entries.size();
  for (std::size_t i = 0; i < entries.size() && !report.is_full(); ++i) {
    const auto& names = entries[i].error_equals;
    // States.TaskFailed takes all errors of a task but States.Timeout. Of the service's own names no more is certain.
    const bool own = std::none_of(names.begin(), names.end(), [](const std::string& n) { return n.starts_with("States."); });
    if (takes < i && own && !names.empty()) {
      Finding& finding = report.add(
          entries[i].span, fmt::format("this {} gets no error: \"States.TaskFailed\" before it takes \"{}\"", word,
                                       display_word(names.front())));
      finding.help = fmt::format("put the {} for \"States.TaskFailed\" behind it", word);
      finding.related.push_back(
          {entries[takes].span, fmt::format("entry {} takes all errors but States.Timeout", takes + 1)});
    }
    if (takes == entries.size() && std::find(names.begin(), names.end(), "States.TaskFailed") != names.end()) takes = i;
  }
}

}  // namespace stepglass::analysis
