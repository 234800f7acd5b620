#include "analysis/diff/align.h"

#include <algorithm>

namespace stepglass::analysis {
namespace {

/// Of the items [old_from, old_to) and [new_from, new_to), none of which are the same.
void pair_up(std::size_t old_from, std::size_t old_to, std::size_t new_from, std::size_t new_to, std::vector<AlignedPair>& out) {
  while (old_from < old_to || new_from < new_to) {
    AlignedPair pair;
    if (old_from < old_to) pair.first = old_from++;
    if (new_from < new_to) pair.second = new_from++;
    out.push_back(pair);
  }
}

}  // namespace

std::vector<AlignedPair> align(std::size_t olds, std::size_t news,
                               const std::function<bool(std::size_t, std::size_t)>& is_same) {
  std::vector<AlignedPair> out;
  const std::size_t shorter = std::min(olds, news);
  std::size_t start = 0;
  while (start < shorter && is_same(start, start)) {
    out.emplace_back(start, start);
    ++start;
  }
  std::size_t end = 0;
  while (end < shorter - start && is_same(olds - 1 - end, news - 1 - end)) ++end;
  const std::size_t old_end = olds - end;
  const std::size_t new_end = news - end;
  const std::size_t height = old_end - start;
  const std::size_t width = new_end - start;
  std::size_t i = 0;
  std::size_t j = 0;
  if (height > 0 && width > 0 && height <= kMaxAlignedPairs / width) {
    // kept[i][j]: how many of the items from i and j on can stay together.
    std::vector<std::vector<std::uint32_t>> kept(height + 1, std::vector<std::uint32_t>(width + 1, 0));
    std::vector<std::vector<bool>> same(height, std::vector<bool>(width, false));
    for (std::size_t a = height; a-- > 0;) {
      for (std::size_t b = width; b-- > 0;) {
        same[a][b] = is_same(start + a, start + b);
        kept[a][b] = same[a][b] ? kept[a + 1][b + 1] + 1 : std::max(kept[a + 1][b], kept[a][b + 1]);
      }
    }
    std::size_t old_gap = 0;
    std::size_t new_gap = 0;
    while (i < height && j < width) {
      if (same[i][j]) {
        pair_up(start + old_gap, start + i, start + new_gap, start + j, out);
        out.emplace_back(start + i, start + j);
        old_gap = ++i;
        new_gap = ++j;
      } else if (kept[i + 1][j] >= kept[i][j + 1]) {
        ++i;
      } else {
        ++j;
      }
    }
    i = old_gap;
    j = new_gap;
  }
  pair_up(start + i, old_end, start + j, new_end, out);
  for (std::size_t k = 0; k < end; ++k) out.emplace_back(old_end + k, new_end + k);
  return out;
}

}  // namespace stepglass::analysis
