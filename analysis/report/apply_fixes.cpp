#include "analysis/report/apply_fixes.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/support/sort.h"

namespace stepglass::analysis {
namespace {

constexpr std::size_t kContext = 3;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

void append_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// Lines [from, to) of the old text that became lines [new_from, new_to) of the new one.
struct Change {
  std::size_t from, to, new_from, new_to;
};

/// The places where the two differ, in order. Lines that are the same are found by going on from each difference to the
/// nearest line that both have again: exact for few small changes, as those of fixes are.
std::vector<Change> changes_of(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  constexpr std::size_t kReach = 50;
  std::vector<Change> changes;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i, ++j;
      continue;
    }
    Change change{i, a.size(), j, b.size()};
    bool met = false;
    for (std::size_t distance = 1; distance <= 2 * kReach && !met; ++distance) {
      for (std::size_t of_a = 0; of_a <= distance && !met; ++of_a) {
        const std::size_t x = i + of_a, y = j + (distance - of_a);
        if (x < a.size() && y < b.size() && a[x] == b[y]) {
          change.to = x;
          change.new_to = y;
          met = true;
        }
      }
    }
    changes.push_back(change);
    i = change.to;
    j = change.new_to;
  }
  return changes;
}

}  // namespace

FixedText apply_fixes(const CheckedFile& file, bool unsafe) {
  std::vector<const Fix*> fixes;
  for (const PlacedFinding& placed : file.findings) {
    if (placed.finding.fixes.empty()) continue;
    const Fix& fix = placed.finding.fixes.front();
    if (fix.safe || unsafe) fixes.push_back(&fix);
  }
  sort_stable(fixes, [](const Fix* a, const Fix* b) { return a->span.begin < b->span.begin; });
  const std::string_view text = file.document.text();
  FixedText fixed;
  std::size_t at = 0;
  for (const Fix* fix : fixes) {
    if (fix->span.begin < at || fix->span.end > text.size() || fix->span.end < fix->span.begin) continue;
    // Two that touch could take the same comma.
    if (fixed.fixes > 0 && fix->span.begin == at && fix->replacement.empty()) continue;
    fixed.text += text.substr(at, fix->span.begin - at);
    fixed.text += fix->replacement;
    at = fix->span.end;
    ++fixed.fixes;
  }
  fixed.text += text.substr(at);
  return fixed;
}

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  const auto a = lines_of(before), b = lines_of(after);
  const std::vector<Change> changes = changes_of(a, b);
  if (changes.empty()) return "";
  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() && changes[last + 1].from - changes[last].to <= 2 * kContext) ++last;
    const std::size_t lead = std::min(kContext, changes[first].from);
    const std::size_t tail = std::min(kContext, a.size() - changes[last].to);
    const std::size_t old_begin = changes[first].from - lead, old_end = changes[last].to + tail;
    const std::size_t new_begin = changes[first].new_from - lead, new_end = changes[last].new_to + tail;
    out += fmt::format("@@ -{},{} +{},{} @@\n", old_begin + (old_end > old_begin), old_end - old_begin,
                       new_begin + (new_end > new_begin), new_end - new_begin);
    std::size_t at = old_begin;
    for (std::size_t c = first; c <= last; ++c) {
      for (; at < changes[c].from; ++at) append_line(out, ' ', a[at]);
      for (; at < changes[c].to; ++at) append_line(out, '-', a[at]);
      for (std::size_t line = changes[c].new_from; line < changes[c].new_to; ++line) append_line(out, '+', b[line]);
    }
    for (; at < old_end; ++at) append_line(out, ' ', a[at]);
    first = last + 1;
  }
  return out;
}

}  // namespace stepglass::analysis
