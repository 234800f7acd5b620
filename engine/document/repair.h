#pragma once
// Reads text that is no JSON, says what is wrong with each place, and changes the text so that it becomes JSON which
// means what its writer most likely meant. Private to engine/document.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/diagnostic.h"
#include "engine/document/position.h"
#include "engine/document/text_map.h"
#include "engine/support/span.h"

namespace stepglass::detail {

/// `replacement` in place of the bytes of `span`.
struct Edit {
  Span span;
  std::string replacement;
};

struct Repair {
  /// In order, not overlapping. With them the text is JSON, if has_value.
  std::vector<Edit> edits;
  /// At least one error, in order of places: json-syntax, invalid-utf8, null-byte, lossy-number.
  Diagnostics diagnostics;
  /// False when there is nothing that could be read.
  bool has_value = false;
};

struct RepairOptions {
  /// Placeholders of deployment tools may stand where a value is due: they become strings, without a diagnostic.
  bool placeholders = false;
  /// Where the text comes from another one: `lines` are then that one's. Null otherwise.
  const std::vector<Piece>* pieces = nullptr;
};

/// Reads all of `text`, once: linear in its size. `lines` is the index of `text`.
Repair repair(std::string_view text, const LineIndex& lines, RepairOptions options = {});

}  // namespace stepglass::detail
