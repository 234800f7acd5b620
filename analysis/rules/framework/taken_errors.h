#pragma once
// Entries of a Retry or a Catch that get no error, since an earlier entry takes all of theirs.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/state.h"

namespace stepglass::analysis {

/// The indexes of such entries, each with that of the entry that takes their errors. Linear in the names of all entries.
template <typename Entries>
std::vector<std::pair<std::size_t, std::size_t>> taken_errors(const Entries& entries) {
  std::vector<std::pair<std::size_t, std::size_t>> taken;
  std::size_t takes = entries.size();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& names = entries[i].error_equals;
    // States.TaskFailed takes all errors of a task but States.Timeout. Of the service's own names no more is certain.
    const bool own = std::none_of(names.begin(), names.end(), [](const std::string& n) { return n.starts_with("States."); });
    if (takes < i && own && !names.empty()) taken.emplace_back(i, takes);
    if (takes == entries.size() && std::find(names.begin(), names.end(), "States.TaskFailed") != names.end()) takes = i;
  }
  return taken;
}

}  // namespace stepglass::analysis
