#pragma once
// A stable sort whose comparator may lie: it is asked a bounded number of times, in the order in which the reference
// asks, and whatever it says gives some order. Private to engine/jsonata.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stepglass::jsonata {

namespace detail {
template <typename IsBehind>
void sort_range(std::vector<std::uint32_t>& order, std::vector<std::uint32_t>& spare, std::size_t begin,
                std::size_t end, IsBehind& is_behind) {
  if (end - begin < 2) return;
  const std::size_t middle = begin + (end - begin) / 2;
  sort_range(order, spare, begin, middle, is_behind);
  sort_range(order, spare, middle, end, is_behind);
  std::size_t left = begin, right = middle;
  for (std::size_t out = begin; out < end; ++out) {
    const bool take_right = left == middle || (right < end && is_behind(order[left], order[right]));
    spare[out] = take_right ? order[right++] : order[left++];
  }
  for (std::size_t i = begin; i < end; ++i) order[i] = spare[i];
}
}  // namespace detail

/// The order of `size` items; `is_behind(a, b)` says whether item a, which stands before b, is to stand behind it.
template <typename IsBehind>
std::vector<std::uint32_t> sorted_order(std::size_t size, IsBehind is_behind) {
  std::vector<std::uint32_t> order(size), spare(size);
  for (std::uint32_t i = 0; i < size; ++i) order[i] = i;
  detail::sort_range(order, spare, 0, size, is_behind);
  return order;
}

}  // namespace stepglass::jsonata
