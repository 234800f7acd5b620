#pragma once
// Which items of two lists belong together.

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace stepglass::analysis {

/// Pairs of items that are compared with each other, in their order; of longer lists only what is alike at either end is
/// looked for.
inline constexpr std::size_t kMaxAlignedPairs = 40'000;

using AlignedPair = std::pair<std::optional<std::size_t>, std::optional<std::size_t>>;

/// Items that are the same stay together, as many as can in their order; between them items are paired one by one, and what
/// is left stands alone. In the order of the later list.
std::vector<AlignedPair> align(std::size_t olds, std::size_t news,
                               const std::function<bool(std::size_t old_item, std::size_t new_item)>& is_same);

}  // namespace stepglass::analysis
