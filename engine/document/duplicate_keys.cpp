#include "engine/document/duplicate_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/document/diagnostic_list.h"
#include "engine/support/hash.h"
#include "engine/support/limits.h"
#include "engine/support/sort.h"

namespace stepglass::detail {

void DuplicateKeys::find(const DocumentContent& content, std::uint32_t object) {
  constexpr std::uint32_t kCompareAllUpTo = 12;
  const auto& nodes = content.nodes;
  if (nodes[object].size < 2) return;
  if (nodes[object].size <= kCompareAllUpTo) {
    std::string_view keys[kCompareAllUpTo];
    std::uint32_t ids[kCompareAllUpTo];
    std::uint32_t count = 0;
    for (std::uint32_t c = nodes[object].first_child; c != kNone; c = nodes[c].next) {
      keys[count] = content.key_of(nodes[c]);
      ids[count] = c;
      for (std::uint32_t i = 0; i < count; ++i) {
        if (keys[i] != keys[count]) continue;
        duplicates_.push_back({c, ids[i]});
        break;
      }
      ++count;
    }
    return;
  }
  // Sorted by a hash and then by the key itself: no choice of keys makes this slow.
  entries_.clear();
  for (std::uint32_t c = nodes[object].first_child; c != kNone; c = nodes[c].next) {
    entries_.push_back({hash_text(content.key_of(nodes[c])), c});
  }
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const int order = content.key_of(nodes[a.node]).compare(content.key_of(nodes[b.node]));
    return order != 0 ? order < 0 : a.node < b.node;
  });
  std::size_t first = 0;
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    const bool same = entries_[i].hash == entries_[first].hash &&
                      content.key_of(nodes[entries_[i].node]) == content.key_of(nodes[entries_[first].node]);
    if (same) {
      duplicates_.push_back({entries_[i].node, entries_[first].node});
    } else {
      first = i;
    }
  }
}

void DuplicateKeys::report(const DocumentContent& content, Diagnostics& diagnostics) {
  const auto key_span = [&](const NodeData& node) { return content.original(node.key_begin, node.key_end); };
  sort_stable(duplicates_, [](const Duplicate& a, const Duplicate& b) { return a.node < b.node; });
  DiagnosticList list(kMaxListedOfOneName);
  for (const Duplicate& duplicate : duplicates_) {
    if (!list.has_room()) {
      list.count();
      continue;
    }
    const NodeData& node = content.nodes[duplicate.node];
    const auto line = content.line_index().position(key_span(content.nodes[duplicate.first]).begin).line;
    list.add({.name = "duplicate-key",
              .severity = Severity::Error,
              .message = fmt::format("the key \"{}\" stands twice in this object, first in line {}",
                                     excerpt(content.key_of(node)), line),
              .help = "rename or delete one of the two; only the last one counts",
              .span = key_span(node),
              .pointer = short_pointer(content, duplicate.node)});
  }
  list.move_to(diagnostics);
}

std::string short_pointer(const DocumentContent& content, std::uint32_t id) {
  constexpr std::size_t kMostBytes = 1000;
  std::size_t bytes = 0;
  for (std::uint32_t i = id; i != kNone; i = content.nodes[i].parent) {
    bytes += content.key_of(content.nodes[i]).size() + 1;
    if (bytes > kMostBytes) return "";
  }
  return content.pointer_of(id);
}

Diagnostic text_too_large(std::size_t bytes) {
  return {.name = "text-too-large",
          .severity = Severity::Error,
          .message = fmt::format("the text has {} bytes, more than the {} that are read", bytes, kMaxTextBytes),
          .help = "",
          .span = {},
          .pointer = ""};
}

}  // namespace stepglass::detail
