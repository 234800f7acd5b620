#pragma once
// A JSON array, item by item.

#include <string>

namespace stepglass {

/// Calls `append` for each item, between brackets and with commas; it appends to `out`.
template <typename Range, typename Append>
void append_json_list(std::string& out, const Range& range, Append append) {
  out += '[';
  bool first = true;
  for (const auto& item : range) {
    if (!first) out += ',';
    first = false;
    append(item);
  }
  out += ']';
}

}  // namespace stepglass
