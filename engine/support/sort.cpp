#include "engine/support/sort.h"

#include <algorithm>
#include <numeric>

namespace stepglass::detail {

std::vector<std::uint32_t> sorted_places(std::size_t size, bool (*less)(void* context, std::uint32_t, std::uint32_t),
                                         void* context) {
  std::vector<std::uint32_t> places(size);
  std::iota(places.begin(), places.end(), 0u);
  std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) { return less(context, a, b); });
  return places;
}

}  // namespace stepglass::detail
