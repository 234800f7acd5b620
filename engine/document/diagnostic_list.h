#pragma once
// Collects diagnostics without letting a hostile text decide how many. Private to engine/document.

#include <string_view>

#include "engine/document/diagnostic.h"

namespace stepglass::detail {

/// Diagnostics of one name, of which the first `most` are kept and the others counted.
class DiagnosticList {
 public:
  explicit DiagnosticList(std::size_t most) : most_(most) {}

  /// True when the next one is kept; who has nothing kept need not write its message.
  bool has_room() const { return found_ < most_; }
  /// All that were added, kept or not.
  std::size_t found() const { return found_; }

  void add(Diagnostic diagnostic) {
    if (has_room()) kept_.push_back(std::move(diagnostic));
    ++found_;
  }
  /// Counts one for which there is no room.
  void count() { ++found_; }

  /// Moves what was kept behind `all`; the last one tells how many are not there.
  void move_to(Diagnostics& all);

 private:
  std::size_t most_;
  std::size_t found_ = 0;
  Diagnostics kept_;
};

/// The user's words for a message: shortened, control characters made visible.
std::string excerpt(std::string_view text);

/// Sorts by place, then by name.
void sort_diagnostics(Diagnostics& diagnostics);

}  // namespace stepglass::detail
