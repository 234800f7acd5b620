#pragma once
// The layout of a definition: what to change so that it looks like all the others. See engine/document/format_json.h.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/api/api_error.h"
#include "engine/document/document.h"
#include "engine/document/format_json.h"
#include "engine/support/result.h"

namespace stepglass::analysis {

struct Formatting {
  /// The text as it is; the places of the changes are its.
  Document document;
  /// Empty where it is formatted already.
  std::vector<SpaceChange> changes;
};

/// Of `text`, JSON. YAML is refused (NotJson): its layout and its comments are the author's. It is YAML when `filename`
/// or, as in load_definition, the text says so. What is no JSON is InvalidDefinition, with its place.
Result<Formatting, ApiError> format(std::string text, std::string_view filename, const JsonLayout& layout);

/// Appends {"edits": [{"range": …, "replacement": …}, …]}, as fixes are written. Gives false when `out` would grow
/// above kMaxReplyBytes.
bool append_formatting(std::string& out, const Formatting& formatting);

}  // namespace stepglass::analysis
